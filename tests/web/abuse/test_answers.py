"""What every answer tells the browser: pages, errors, redirects, files, the API.

Planted: the header middleware moved back inside SecurityMiddleware (the redirect to HTTPS lost
its policy), ``setdefault`` taken out of PrivatePagesMiddleware, ``SESSION_COOKIE_HTTPONLY``
switched off; each was seen red.
"""

import pytest
from django.test import Client, override_settings

from clusters_portal.middleware.content_security import HEADERS
from tests.factories.accounts import PASSWORD, make_user

KINDS = {
    "page": ("get", "/", 200),
    "sign-in page": ("get", "/accounts/login/", 200),
    "redirect to sign in": ("get", "/dashboard/", 302),
    "missing page": ("get", "/nothing/", 404),
    "missing slash": ("get", "/about", 301),
    "malformed": ("get", "/?q=%00", 400),
    "unknown host": ("get", "/", 400),
    "unknown verb": ("delete", "/", 405),
    "wrong verb": ("post", "/about/", 405),
    "machine": ("get", "/health/live", 200),
    "file": ("get", "/register/register.csv", 200),
    "register as data": ("get", "/register/register.json", 200),
    "API": ("get", "/api/v1/register/", 200),
    "API problem": ("get", "/api/v1/nothing/", 404),
    "API refusal": ("post", "/api/v1/register/", 405),
    "API schema": ("get", "/api/v1/schema/", 200),
}
EVERYWHERE = {
    **HEADERS,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
}


def answer_to(kind, client=None, **options):
    method, path, status = KINDS[kind]
    client = client or Client(raise_request_exception=False)
    if kind == "unknown host":
        options["headers"] = {"host": "evil.example"}
    answer = getattr(client, method)(path, **options)
    assert answer.status_code == status
    return answer


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_of_answer_carries_the_security_headers(kind):
    answer = answer_to(kind)
    assert {name: answer.get(name) for name in EVERYWHERE} == EVERYWHERE


def test_a_server_error_carries_the_security_headers(monkeypatch):
    def broken(_request):
        raise ValueError("secret words of an exception")

    monkeypatch.setattr("clusters_portal.web.home.front_page", broken)
    answer = Client(raise_request_exception=False).get("/")
    assert answer.status_code == 500
    assert {name: answer.get(name) for name in EVERYWHERE} == EVERYWHERE


def directives(policy):
    return dict(part.strip().partition(" ")[::2] for part in policy.split(";"))


def test_the_policy_allows_nothing_inline_and_nothing_from_elsewhere(client):
    policy = directives(client.get("/")["Content-Security-Policy"])
    assert policy["default-src"] == "'none'"
    assert policy["object-src"] == policy["base-uri"] == policy["frame-ancestors"] == "'none'"
    assert policy["script-src"] == policy["style-src"] == policy["form-action"] == "'self'"
    allowed = {source for sources in policy.values() for source in sources.split()}
    assert allowed <= {"'none'", "'self'", "data:"}


def test_no_answer_is_shared_with_other_origins(client):
    for kind in KINDS:
        answer = answer_to(kind, client, headers={"Origin": "https://evil.example"})
        assert not [name for name in answer.headers if name.startswith("Access-Control-")], kind


@override_settings(
    SECURE_SSL_REDIRECT=True, SECURE_HSTS_SECONDS=31_536_000, SECURE_HSTS_INCLUDE_SUBDOMAINS=True
)
@pytest.mark.parametrize("kind", [kind for kind in KINDS if kind != "unknown host"])
def test_over_https_every_answer_demands_https(kind):
    client = Client(raise_request_exception=False)
    answer = answer_to(kind, client, secure=True)
    assert answer["Strict-Transport-Security"] == "max-age=31536000; includeSubDomains"


@override_settings(SECURE_SSL_REDIRECT=True)
def test_the_redirect_to_https_carries_the_headers(client):
    answer = client.get("/")
    assert answer.status_code == 301
    assert answer["Location"].startswith("https://")
    assert {name: answer.get(name) for name in HEADERS} == HEADERS


PRIVATE = ["/dashboard/", "/account/", "/groups/", "/about/", "/nothing/", "/organizations/new/"]


@pytest.mark.parametrize("path", PRIVATE)
def test_what_a_signed_in_person_reads_is_stored_nowhere(client, path):
    client.force_login(make_user())
    assert "no-store" in client.get(path)["Cache-Control"]


def test_signing_out_is_stored_nowhere(client):
    client.force_login(make_user())
    assert "no-store" in client.post("/accounts/logout/")["Cache-Control"]


def test_cookies_are_out_of_reach_of_scripts_and_of_other_sites(client):
    client.get("/accounts/login/")
    client.post("/accounts/login/", {"login": make_user().email, "password": PASSWORD})
    cookies = client.cookies
    assert {"sessionid", "csrftoken"} <= set(cookies)
    for cookie in cookies.values():
        assert cookie["httponly"], cookie.key
        assert cookie["samesite"] in {"Lax", "Strict"}, cookie.key
        assert not cookie["domain"], cookie.key


@pytest.mark.parametrize(
    ("kind", "starts"),
    [
        ("page", "text/html; charset=utf-8"),
        ("missing page", "text/html; charset=utf-8"),
        ("malformed", "text/html; charset=utf-8"),
        ("file", "text/csv"),
        ("register as data", "application/json"),
        ("API", "application/json"),
        ("API problem", "application/problem+json"),
        ("API refusal", "application/problem+json"),
    ],
)
def test_every_answer_names_what_it_is(kind, starts):
    assert answer_to(kind)["Content-Type"].startswith(starts)
