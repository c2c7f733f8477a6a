"""Production settings: complete, strict, or the portal does not start.

Planted: ``required`` answering "" instead of raising, ``SESSION_COOKIE_SECURE = False`` and
``DEBUG = True``; each was seen red.
"""

import os
import runpy

import pytest
from django.conf import Settings, settings
from django.core.checks.registry import registry
from django.core.exceptions import ImproperlyConfigured
from django.test import override_settings

GIVEN = {
    "PORTAL_SECRET_KEY": "kq8Zt-2vXr_9LmPw4YcBn7HdSf3GjKa6EuRi5TxQo1VzMy0WbCpN",
    "PORTAL_HOSTS": "portal.example",
    "PORTAL_ADDRESS": "https://portal.example",
    "PORTAL_DATABASE_URL": "postgresql://portal_web:word@database/portal",
    "PORTAL_BROKER_URL": "redis://broker:6379/0",
    "PORTAL_MAIL_HOST": "mail.example",
    "PORTAL_MAIL_FROM": "Portal <no-reply@portal.example>",
}


@pytest.fixture
def production(monkeypatch):
    """Reads the production settings with a given environment."""
    for name in [name for name in os.environ if name.startswith("PORTAL_")]:
        monkeypatch.delenv(name)

    def read(**changed):
        for name, value in {**GIVEN, **changed}.items():
            if value is None:
                monkeypatch.delenv(name, raising=False)
            else:
                monkeypatch.setenv(name, value)
        return runpy.run_module("clusters_portal.settings.production")

    return read


@pytest.mark.parametrize("name", GIVEN)
@pytest.mark.parametrize("value", [None, ""])
def test_it_does_not_start_without(production, name, value):
    with pytest.raises(ImproperlyConfigured, match=name):
        production(**{name: value})


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("PORTAL_SECRET_KEY", "short"),
        ("PORTAL_SECRET_KEY", "a" * 80),
        ("PORTAL_SECRET_KEY", "demo-only-" + "not-a-secret-" * 4),
        ("PORTAL_HOSTS", "*"),
        ("PORTAL_HOSTS", ".portal.example"),
        ("PORTAL_HOSTS", " , "),
        ("PORTAL_ADDRESS", "http://portal.example"),
        ("PORTAL_ADDRESS", "portal.example"),
        ("PORTAL_ADDRESS", "https://portal.example/path?x=1"),
    ],
)
def test_it_does_not_start_with_a_weak(production, name, value):
    with pytest.raises(ImproperlyConfigured, match=name):
        production(**{name: value})


def test_what_production_insists_on(production):
    found = production()
    assert found["DEBUG"] is False
    assert found["IS_DEMO"] is False
    assert (found["DEMO_PASSWORD"], found["DEMO_TOTP_SECRET"]) == ("", "")
    assert found["SECURE_SSL_REDIRECT"] is True
    assert found["SECURE_HSTS_SECONDS"] >= 31_536_000
    assert found["SECURE_HSTS_INCLUDE_SUBDOMAINS"] is True
    assert found["SESSION_COOKIE_SECURE"] is found["CSRF_COOKIE_SECURE"] is True
    assert found["SESSION_COOKIE_NAME"].startswith("__Host-")
    assert found["CSRF_COOKIE_NAME"].startswith("__Host-")
    assert "SESSION_COOKIE_DOMAIN" not in found
    assert "SESSION_COOKIE_PATH" not in found
    assert found["EMAIL_USE_TLS"] or found.get("EMAIL_USE_SSL")
    assert found["ALLOWED_HOSTS"] == ["portal.example"]
    assert found["CSRF_TRUSTED_ORIGINS"] == ["https://portal.example"]
    assert "PASSWORD_HASHERS" not in found, "the framework's own: salted and slow"


def test_a_rotated_secret_still_opens_what_it_sealed(production):
    assert production()["SECRET_KEY_FALLBACKS"] == []
    old = GIVEN["PORTAL_SECRET_KEY"][::-1]
    assert production(PORTAL_OLD_SECRET_KEY=old)["SECRET_KEY_FALLBACKS"] == [old]


def test_only_the_front_named_is_trusted(production):
    assert production()["TRUSTED_FRONTS"] == frozenset()
    assert production(PORTAL_TRUSTED_FRONTS="172.30.0.10")["TRUSTED_FRONTS"] == {"172.30.0.10"}


def test_the_frameworks_own_deploy_checks_find_nothing(production):
    found = {name: value for name, value in production().items() if name.isupper()}
    leave = {"DATABASES", "INSTALLED_APPS", "CACHES", "STORAGES"}
    with override_settings(**{name: found[name] for name in found if name not in leave}):
        checks = [
            check
            for check in registry.get_checks(include_deployment_checks=True)
            if "security" in getattr(check, "tags", ())
        ]
        assert len(checks) >= 10
        said = [message for check in checks for message in check(app_configs=None)]
    assert said == []


def test_no_other_settings_know_demo_credentials():
    assert settings.DEMO_PASSWORD == ""
    assert Settings("clusters_portal.settings.base").DEMO_PASSWORD == ""


def test_the_tests_run_with_what_production_runs_with(production):
    """The settings of the tests differ by their fakes only."""
    found = production()
    middleware = [name for name in found["MIDDLEWARE"] if "whitenoise" not in name]
    assert middleware == settings.MIDDLEWARE
    for name in ("REST_FRAMEWORK", "AUTH_PASSWORD_VALIDATORS", "INSTALLED_APPS", "TEMPLATES"):
        assert found[name] == getattr(settings, name)
