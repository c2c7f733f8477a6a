"""Passwords, guessing, and what the entrance gives away: nothing."""

import hashlib

import pytest
from django.contrib.auth.hashers import MD5PasswordHasher
from django.contrib.auth.password_validation import validate_password
from django.core.cache import cache
from django.core.exceptions import ImproperlyConfigured, ValidationError
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.models import User
from tests.factories.accounts import PASSWORD, make_user
from tests.factories.sign_in import sign_in_freshly
from trail.models import Effect

WRONG = "not-the-right-password"
LOGIN = "/accounts/login/"
RESET = "/accounts/password/reset/"


class CountingHasher(MD5PasswordHasher):
    """Counts how often a password was worked on."""

    count = 0

    def encode(self, password, salt):
        type(self).count += 1
        return super().encode(password, salt)


@pytest.fixture(autouse=True)
def fresh_limits():
    cache.clear()


def try_password(client, user, password, address="10.0.0.1"):
    values = {"login": user.email, "password": password}
    return client.post(LOGIN, values, REMOTE_ADDR=address)


@pytest.mark.parametrize(
    ("password", "says"),
    [
        ("short-one", "at least 15 characters"),
        ("passwordpassword1", "common password"),
        ("jo.reyes@example.org", "little more than your name"),
        ("clusters-portal-2026", "little more than your name"),
        ("aaaaaaaaaaaaaaaaaaaa", "repeats a few characters"),
    ],
)
def test_a_guessable_password_is_refused_with_its_reason(password, says):
    user = User(name="Jo Reyes", email="jo.reyes@example.org")
    with pytest.raises(ValidationError) as caught:
        validate_password(password, user)
    assert says in " ".join(caught.value.messages)


@pytest.mark.parametrize(
    "password", ["lower case words only", "ÄÖÜ über sieben Brücken", "x" * 5 + "quiet river" * 20]
)
def test_long_passwords_of_any_kind_are_welcome(password):
    validate_password(password, User(name="Jo Reyes", email="jo@example.org"))


def test_a_breached_password_is_refused_where_the_list_is(client, settings, tmp_path):
    digest = hashlib.sha1(PASSWORD.encode(), usedforsecurity=False).hexdigest().upper()
    settings.BREACHED_PASSWORDS = str(tmp_path / "list.txt")
    (tmp_path / "list.txt").write_text(f"{'0' * 40}:3\n{digest}:7\n{'F' * 40}:1\n")
    values = {"name": "Jo", "email": "jo@example.org", "password1": PASSWORD}
    page = client.post(reverse("account_signup"), values).content.decode()
    assert "was published after a break-in elsewhere" in page
    assert not User.objects.exists()


def test_a_list_that_is_not_there_is_said(settings):
    settings.BREACHED_PASSWORDS = "/nowhere/list.txt"
    with pytest.raises(ImproperlyConfigured, match="PORTAL_BREACHED_PASSWORDS"):
        validate_password(PASSWORD)


def test_a_flood_of_guesses_locks_neither_the_open_session_nor_another_address(client):
    user = make_user()
    sign_in_freshly(client, user, seconds_ago=3600)
    attacker = Client()
    pages = [try_password(attacker, user, WRONG).content.decode() for _ in range(7)]
    assert "Wait ten minutes" in pages[-1]
    assert client.get("/account/").status_code == 200
    answer = client.post(
        reverse("account_reauthenticate"), {"password": PASSWORD}, REMOTE_ADDR="10.9.9.9"
    )
    assert answer.status_code == 302
    assert try_password(Client(), user, PASSWORD, "10.0.0.2").status_code == 302


def test_guessing_from_many_addresses_gets_a_wait_sentence(client):
    user = make_user()
    sign_in_freshly(client, user, seconds_ago=3600)
    for number in range(52):
        last = try_password(Client(), user, WRONG, f"10.1.{number}.1")
    assert "Too many failed login attempts" in last.content.decode()
    page = try_password(Client(), user, PASSWORD, "10.2.0.1")
    assert "Where you are signed in already, you stay signed in" in page.content.decode()
    assert client.get("/account/").status_code == 200
    answer = client.post(reverse("account_reauthenticate"), {"password": PASSWORD})
    assert answer.status_code == 302


def test_right_passwords_are_not_counted():
    user = make_user()
    for _ in range(8):
        assert try_password(Client(), user, PASSWORD).status_code == 302


def answers(client, address, values):
    with CaptureQueriesContext(connection) as queries:
        answer = client.post(address, values)
    return answer.status_code, answer.get("Location"), len(queries)


def test_resetting_says_the_same_for_known_and_unknown_addresses():
    user = make_user()
    known = answers(Client(), RESET, {"email": user.email})
    unknown = answers(Client(), RESET, {"email": "nobody@example.org"})
    assert known[:2] == unknown[:2]
    assert abs(known[2] - unknown[2]) <= 3
    assert Effect.objects.count() == 2


def test_signing_in_says_the_same_for_known_and_unknown_addresses(client):
    user = make_user()
    known = try_password(client, user, WRONG).content.decode()
    user.email = "nobody@example.org"
    unknown = try_password(client, user, WRONG).content.decode()
    sentence = "The email address and/or password you specified are not correct."
    assert sentence in known
    assert sentence in unknown


def test_unknown_addresses_cost_a_hash_as_known_ones_do(client, settings):
    settings.PASSWORD_HASHERS = ["tests.web.test_passwords.CountingHasher"]
    user = make_user()
    CountingHasher.count = 0
    try_password(client, user, WRONG)
    known = CountingHasher.count
    user.email = "nobody@example.org"
    try_password(client, user, WRONG)
    assert CountingHasher.count - known == known == 1


def test_one_address_gets_few_letters_whoever_asks():
    user = make_user()
    for number in range(8):
        last = Client().post(RESET, {"email": user.email}, REMOTE_ADDR=f"10.3.{number}.1")
    assert last.status_code == 429
    assert "Please wait a little" in last.content.decode()
    assert Effect.objects.count() == 5
