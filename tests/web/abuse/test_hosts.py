"""Whose name stands in our links and redirects: never one that the request brought along.

Planted: ``PORTAL_ADDRESS`` in the reset letter replaced by ``request.get_host()``, and
FrontHeadersMiddleware taken out; both were seen red.
"""

import re

import pytest
from django.core.cache import cache
from django.test import Client, RequestFactory, override_settings
from django.urls import reverse

from certification.web.guessing import WRONG_LINKS
from clusters_portal.middleware.front_headers import FORWARDED, FrontHeadersMiddleware
from clusters_portal.settings import test as portal_settings
from tests.factories.accounts import PASSWORD, make_user
from trail.actions.send_effects import send_effects
from trail.queries.clock import database_now

WITHOUT_FRONT = [name for name in portal_settings.MIDDLEWARE if "front_headers" not in name]
FOREIGN = "https://evil.example/"


@pytest.fixture(autouse=True)
def nobody_has_guessed():
    cache.clear()
    yield
    cache.clear()


FOREIGN_HOSTS = ["evil.example", "testserver.evil.example", "a@evil.example", "a b", "[::1"]
ASKED = ["/", "/accounts/password/reset/", "/api/v1/register/", "/nothing/"]


@pytest.mark.parametrize("host", FOREIGN_HOSTS)
@pytest.mark.parametrize("path", ASKED)
def test_an_unknown_host_is_refused(host, path):
    answer = Client().get(path, headers={"Host": host})
    assert answer.status_code == 400
    assert host not in answer.content.decode()


@pytest.mark.parametrize(
    "headers",
    [
        {"X-Forwarded-Host": "evil.example"},
        {"X-Original-Host": "evil.example"},
        {"Forwarded": "host=evil.example;proto=https"},
        {"X-Forwarded-Port": "6666"},
        {"Origin": "https://evil.example", "Referer": "https://evil.example/"},
    ],
)
def test_a_reset_letter_names_our_own_address_only(client, mailoutbox, headers):
    make_user(email="jo@example.org")
    client.post(reverse("account_reset_password"), {"email": "jo@example.org"}, headers=headers)
    send_effects(at=database_now())
    links = re.findall(r"https?://[^\s/]+", mailoutbox[0].body)
    assert set(links) == {"http://testserver"}
    assert "evil" not in mailoutbox[0].body


@override_settings(ALLOWED_HOSTS=["*"])
def test_even_where_every_host_is_let_in_the_letter_names_ours(client, mailoutbox):
    make_user(email="jo@example.org")
    host = {"Host": "evil.example"}
    client.post(reverse("account_reset_password"), {"email": "jo@example.org"}, headers=host)
    send_effects(at=database_now())
    assert "evil" not in mailoutbox[0].body
    assert "http://testserver/" in mailoutbox[0].body


@pytest.mark.parametrize(
    "target",
    [FOREIGN, "//evil.example/", "///evil.example", "\\\\evil.example", "/\\evil.example",
     "https:evil.example", "javascript:alert(1)", "http:///evil.example", "\t//evil.example",
     "https://testserver@evil.example/", "https://testserver.evil.example/", " //evil.example"],
)  # fmt: skip
@pytest.mark.parametrize("door", ["account_login", "account_reauthenticate", "account_logout"])
def test_nobody_is_sent_to_another_site(client, door, target):
    user = make_user()
    if door != "account_login":
        client.force_login(user)
    values = {"login": user.email, "password": PASSWORD, "next": target}
    answer = client.post(f"{reverse(door)}?next=//evil.example", values)
    assert answer.status_code in {200, 302}
    going = answer.get("Location", "/")
    assert going.startswith("/")
    assert not going.startswith(("//", "/\\"))
    assert "evil" not in going.partition("?")[0]


def test_being_sent_to_sign_in_keeps_the_way_back_on_our_site(client):
    answer = client.get("//evil.example/%2e%2e", follow=False)
    assert "evil" not in answer.get("Location", "")


def seen(front, **headers):
    found = {}

    def view(request):
        found.update(request.META)

    request = RequestFactory().get("/", REMOTE_ADDR=front, **headers)
    FrontHeadersMiddleware(view)(request)
    return found


CLAIMS = dict.fromkeys(FORWARDED, "203.0.113.9")


def test_forwarded_headers_of_a_stranger_are_dropped():
    found = seen("198.51.100.1", **CLAIMS)
    assert not set(FORWARDED) & set(found)
    assert found["REMOTE_ADDR"] == "198.51.100.1"


@override_settings(TRUSTED_FRONTS=frozenset({"172.30.0.10"}))
@pytest.mark.parametrize(
    ("claimed", "believed"),
    [
        ("203.0.113.9", "203.0.113.9"),
        ("1.2.3.4, 203.0.113.9", "203.0.113.9"),
        ("2001:db8::1", "2001:db8::1"),
        ("somewhere", "172.30.0.10"),
        ("", "172.30.0.10"),
    ],
)
def test_the_trusted_front_says_whose_request_it_is(claimed, believed):
    assert seen("172.30.0.10", HTTP_X_FORWARDED_FOR=claimed)["REMOTE_ADDR"] == believed


def guess_from(client, address):
    forwarded = {"X-Forwarded-For": address}
    return client.get("/confirm/guessed/", headers=forwarded).status_code


def test_a_stranger_cannot_escape_the_limit_by_claiming_other_addresses(client):
    answers = [guess_from(client, f"203.0.113.{number}") for number in range(WRONG_LINKS + 1)]
    assert answers[-1] == 429


@override_settings(TRUSTED_FRONTS=frozenset({"127.0.0.1"}))
def test_behind_the_front_one_guesser_does_not_lock_out_the_others(client):
    answers = [guess_from(client, "203.0.113.1") for _ in range(WRONG_LINKS + 1)]
    assert answers[-1] == 429
    assert guess_from(client, "203.0.113.2") == 404


@override_settings(MIDDLEWARE=WITHOUT_FRONT, TRUSTED_FRONTS=frozenset({"127.0.0.1"}))
def test_without_the_middleware_one_guesser_locks_out_everybody(client):
    """The twin: the test above finds a front whose readers all look alike."""
    for _ in range(WRONG_LINKS + 1):
        guess_from(client, "203.0.113.1")
    assert guess_from(client, "203.0.113.2") == 429
