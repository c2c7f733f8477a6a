"""Sessions and second steps: nothing that was stolen, guessed or sent twice opens the door.

Planted: ``cycle_key`` replaced by nothing at sign-in, ``ACCOUNT_RATE_LIMITS`` emptied,
TOTP's used-code note dropped; each was seen red.
"""

import re
import time

import pytest
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from django.contrib.sessions.models import Session
from django.core.cache import cache
from django.test import Client, override_settings
from django.urls import reverse

from accounts.rules.roles import AgencyRoleKind as Role
from tests.factories.accounts import PASSWORD, TOTP_SECRET, make_agency, make_officer, make_user
from trail.actions.send_effects import send_effects
from trail.queries.clock import database_now

LOGIN = "/accounts/login/"


@pytest.fixture(autouse=True)
def fresh_limits(settings):
    cache.clear()
    settings.MFA_TOTP_TOLERANCE = 1
    yield
    cache.clear()


def code_now():
    return format_hotp_value(hotp_value(TOTP_SECRET, int(time.time()) // 30))


def sign_in(client, user, password=PASSWORD):
    return client.post(LOGIN, {"login": user.email, "password": password})


def planted(client):
    """A session that exists before anybody signs in, as an attacker would plant it."""
    session = client.session
    session["planted"] = True
    session.save()
    return session.session_key


def test_signing_in_makes_a_new_session(client):
    before = planted(client)
    sign_in(client, make_user())
    assert client.cookies["sessionid"].value != before
    stolen = Client()
    stolen.cookies["sessionid"] = before
    assert stolen.get("/account/").status_code == 302


def test_the_second_step_makes_a_new_session_again(client):
    officer = make_officer(make_agency(), Role.PROGRAMME_OFFICER)
    answer = sign_in(client, officer)
    halfway = client.cookies["sessionid"].value
    client.post(answer.url, {"code": code_now()})
    assert client.cookies["sessionid"].value != halfway
    stolen = Client()
    stolen.cookies["sessionid"] = halfway
    assert stolen.get("/account/").status_code == 302


def test_a_made_up_session_is_not_adopted(client):
    client.cookies["sessionid"] = "a" * 32
    sign_in(client, make_user())
    assert client.cookies["sessionid"].value != "a" * 32


def test_signing_out_ends_the_session_at_our_end(client):
    sign_in(client, make_user())
    key = client.cookies["sessionid"].value
    client.post("/accounts/logout/")
    assert not Session.objects.filter(session_key=key).exists()
    stolen = Client()
    stolen.cookies["sessionid"] = key
    assert stolen.get("/account/").status_code == 302


def test_signing_out_needs_a_post(client):
    sign_in(client, make_user())
    client.get("/accounts/logout/")
    assert client.get("/account/").status_code == 200


def test_a_new_password_ends_the_other_sessions(client):
    user, other = make_user(), Client()
    for one in (client, other):
        sign_in(one, user)
    new = "another-horse-battery-9"
    values = {"oldpassword": PASSWORD, "password1": new, "password2": new}
    client.post(reverse("account_change_password"), values)
    assert other.get("/account/").status_code == 302


def test_changing_the_password_needs_the_old_one(client):
    user = make_user()
    sign_in(client, user)
    new = "another-horse-battery-9"
    values = {"oldpassword": "not-the-old-one-at-all", "password1": new, "password2": new}
    client.post(reverse("account_change_password"), values)
    user.refresh_from_db()
    assert user.check_password(PASSWORD)


def test_a_disabled_account_is_out_at_once(client):
    user = make_user()
    sign_in(client, user)
    user.is_active = False
    user.save()
    assert client.get("/account/").status_code == 302
    assert sign_in(Client(), user).url.startswith("/accounts/inactive/")


def test_session_keys_cannot_be_guessed(client):
    sign_in(client, make_user())
    key = client.cookies["sessionid"].value
    assert re.fullmatch(r"[a-z0-9]{32}", key), "165 bits from the system's generator"


def test_a_code_of_the_app_opens_once():
    officer = make_officer(make_agency(), Role.PROGRAMME_OFFICER)
    code, answers = code_now(), []
    for _ in range(2):
        client = Client()
        step = sign_in(client, officer)
        answers.append(client.post(step.url, {"code": code}).status_code)
        assert (client.get("/account/").status_code == 200) == (answers[-1] == 302)
    assert answers == [302, 200]


def test_the_second_step_cannot_be_walked_around(client):
    officer = make_officer(make_agency(), Role.PROGRAMME_OFFICER)
    sign_in(client, officer)
    for path in ("/account/", "/staff/cases/", "/accounts/2fa/", "/dashboard/"):
        answer = client.get(path)
        assert answer.status_code == 302
        assert "login" in answer.url


def test_guessing_the_second_step_is_slowed_down(client):
    officer = make_officer(make_agency(), Role.PROGRAMME_OFFICER)
    step = sign_in(client, officer)
    answers = [client.post(step.url, {"code": f"{number:06d}"}) for number in range(12)]
    words = answers[-1].content.decode()
    assert answers[-1].status_code == 429 or "Too many" in words


def wrong(client, user, address="127.0.0.1"):
    values = {"login": user.email, "password": "not-the-right-password"}
    return client.post(LOGIN, values, REMOTE_ADDR=address)


def test_guessing_one_account_never_ends_its_open_session(client):
    user = make_user()
    sign_in(client, user)
    for _ in range(12):
        wrong(Client(), user, "203.0.113.7")
    assert client.get("/account/").status_code == 200


def test_guessing_is_slowed_down_and_the_twin_without_limits_is_not():
    user = make_user()
    pages = [wrong(Client(), user).content.decode() for _ in range(6)]
    assert "Too many failed login attempts" in pages[-1]
    cache.clear()
    with override_settings(ACCOUNT_RATE_LIMITS=False):
        pages = [wrong(Client(), user).content.decode() for _ in range(6)]
        assert "Too many failed login attempts" not in pages[-1]


def test_reset_letters_cannot_be_sent_without_end(mailoutbox):
    user = make_user(email="jo@example.org")
    for _ in range(30):
        Client().post(reverse("account_reset_password"), {"email": user.email})
    send_effects(at=database_now())
    assert 1 <= len(mailoutbox) <= 20


def test_a_reset_link_opens_once_and_not_after_a_new_password(client, mailoutbox):
    user = make_user(email="jo@example.org")
    client.post(reverse("account_reset_password"), {"email": user.email})
    send_effects(at=database_now())
    path = re.search(r"http://testserver(/\S+)", mailoutbox[0].body).group(1)
    page = client.get(path, follow=True)
    new = "another-horse-battery-9"
    client.post(page.redirect_chain[-1][0], {"password1": new, "password2": new})
    again = Client().get(path, follow=True)
    assert 'name="password1"' not in again.content.decode()


def test_a_reset_does_not_walk_around_the_second_step(client, mailoutbox):
    officer = make_officer(make_agency(), Role.PROGRAMME_OFFICER)
    client.post(reverse("account_reset_password"), {"email": officer.email})
    send_effects(at=database_now())
    path = re.search(r"http://testserver(/\S+)", mailoutbox[0].body).group(1)
    page = client.get(path, follow=True)
    new = "another-horse-battery-9"
    client.post(page.redirect_chain[-1][0], {"password1": new, "password2": new})
    assert client.get("/account/").status_code == 302
    assert sign_in(client, officer, new).url.startswith(reverse("mfa_authenticate"))


def test_an_unknown_address_gets_the_same_answer_as_a_known_one(client):
    make_user(email="jo@example.org")
    answers = [
        client.post(reverse("account_reset_password"), {"email": email})
        for email in ("jo@example.org", "nobody@example.org")
    ]
    assert answers[0].status_code == answers[1].status_code
    assert answers[0]["Location"] == answers[1]["Location"]
    pages = [
        re.sub(r'value="[^"]*"', "", client.post(LOGIN, {"login": login, "password": "x" * 20})
               .content.decode())
        for login in ("jo@example.org", "no@example.org")
    ]  # fmt: skip
    assert pages[0] == pages[1]
