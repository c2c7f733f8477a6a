"""The real thing: everything from the environment; refuses to start when something is missing."""

from __future__ import annotations

import os
from pathlib import Path
from urllib.parse import urlsplit

from django.core.exceptions import ImproperlyConfigured

from clusters_portal.cache import cache_at
from clusters_portal.storage import document_storages

from .base import *
from .base import ROOT, WEB_TIMEOUTS, database_from_url

SHORTEST_SECRET, FEWEST_CHARACTERS = 50, 8


def required(name: str) -> str:
    """Return a setting of the environment.

    Raises:
        ImproperlyConfigured: it is missing or empty.
    """
    value = os.environ.get(name, "")
    if not value:
        message = f"Set {name} in the environment (docs/operations.md)."
        raise ImproperlyConfigured(message)
    return value


def secret(name: str) -> str:
    """Return a secret that cannot be guessed.

    Raises:
        ImproperlyConfigured: it is missing, short, or a word from an example.
    """
    value = required(name)
    if len(value) < SHORTEST_SECRET or len(set(value)) < FEWEST_CHARACTERS or "not-a-sec" in value:
        message = f"{name} must be {SHORTEST_SECRET} random characters or more."
        raise ImproperlyConfigured(message)
    return value


def hosts(name: str) -> list[str]:
    """Return the hosts that are ours, each in full.

    Raises:
        ImproperlyConfigured: none is named, or a pattern stands for any.
    """
    named = [host.strip() for host in required(name).split(",") if host.strip()]
    if not named or any("*" in host or host.startswith(".") for host in named):
        raise ImproperlyConfigured(f"{name} must name every host in full, without patterns.")
    return named


def https_address(name: str) -> str:
    """Return the portal's own address, which stands in letters.

    Raises:
        ImproperlyConfigured: it is missing, not https, or more than scheme and host.
    """
    value = required(name).rstrip("/")
    parts = urlsplit(value)
    if parts.scheme != "https" or not parts.hostname or parts.path or parts.query:
        raise ImproperlyConfigured(f"{name} must be like https://portal.example.")
    return value


DEBUG = False
SECRET_KEY = secret("PORTAL_SECRET_KEY")
# The key before a rotation still opens what it sealed: sessions, secrets of authenticator apps.
SECRET_KEY_FALLBACKS = (
    [secret("PORTAL_OLD_SECRET_KEY")] if "PORTAL_OLD_SECRET_KEY" in os.environ else []
)
ALLOWED_HOSTS = hosts("PORTAL_HOSTS")
PORTAL_ADDRESS = https_address("PORTAL_ADDRESS")
CSRF_TRUSTED_ORIGINS = [PORTAL_ADDRESS]
DATABASES = {"default": database_from_url(required("PORTAL_DATABASE_URL"))}
if os.environ.get("PORTAL_PROCESS") == "web":
    DATABASES["default"]["OPTIONS"]["options"] = WEB_TIMEOUTS
CELERY_BROKER_URL = required("PORTAL_BROKER_URL")
CACHES = cache_at(CELERY_BROKER_URL)
TRUSTED_FRONTS = frozenset(filter(None, os.environ.get("PORTAL_TRUSTED_FRONTS", "").split(",")))

# What must outlive the machine: a volume of its own, apart from the code.
STATE = Path(os.environ.get("PORTAL_STATE") or ROOT / "var")
DOCUMENT_ROOT = STATE / "documents"
SIGNING_KEYS = Path(os.environ.get("PORTAL_SIGNING_KEYS") or STATE / "signing-keys")
SEAL_JOURNAL = STATE / "seals.jsonl"
CACHE_ROOT = STATE / "cache"  # what a worker has added up there, no web process adds up anew

EMAIL_HOST = required("PORTAL_MAIL_HOST")
EMAIL_PORT = int(os.environ.get("PORTAL_MAIL_PORT", "587"))
EMAIL_HOST_USER = os.environ.get("PORTAL_MAIL_USER", "")
EMAIL_HOST_PASSWORD = os.environ.get("PORTAL_MAIL_PASSWORD", "")
EMAIL_USE_TLS = True
DEFAULT_FROM_EMAIL = required("PORTAL_MAIL_FROM")

SECURE_SSL_REDIRECT = True
SECURE_REDIRECT_EXEMPT = [r"^health/"]  # asked from inside, where TLS has ended; tells no secret
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SECURE_HSTS_SECONDS = 31_536_000
SECURE_HSTS_INCLUDE_SUBDOMAINS = True
SECURE_HSTS_PRELOAD = True
SESSION_COOKIE_SECURE = True
CSRF_COOKIE_SECURE = True
SESSION_COOKIE_NAME = "__Host-session"
CSRF_COOKIE_NAME = "__Host-csrf"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "clusters_portal.staticfiles.PortalStaticFilesStorage"},
    **document_storages(DOCUMENT_ROOT),
}
