"""The entrance: sign up, sign in, second step, forgotten password."""

import re
import time

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from django.core.cache import cache
from django.urls import reverse

from accounts.models import User
from accounts.rules.roles import AgencyRoleKind as Role
from tests.factories.accounts import (
    PASSWORD,
    TOTP_SECRET,
    make_agency,
    make_officer,
    make_user,
)
from tests.factories.sign_in import sign_in_freshly
from trail.actions.send_effects import send_effects
from trail.models import Effect
from trail.queries.clock import database_now


@pytest.fixture(autouse=True)
def fresh_limits():
    cache.clear()


def code_now(secret=TOTP_SECRET):
    return format_hotp_value(hotp_value(secret, int(time.time()) // 30))


def sign_in(client, user, **options):
    values = {"login": user.email, "password": PASSWORD}
    return client.post(reverse("account_login"), values, **options)


def test_sign_up_needs_the_code_of_the_letter(client, mailoutbox):
    values = {"name": "Jo Reyes", "email": "jo@example.org", "password1": PASSWORD}
    answer = client.post(reverse("account_signup"), values)
    assert answer.url == reverse("account_email_verification_sent")
    assert "jo@example.org" in client.get(answer.url).content.decode()
    send_effects(at=database_now())
    code = re.search(r"^([A-Z0-9-]{6,})$", mailoutbox[0].body, re.MULTILINE).group(1)
    assert client.post(answer.url, {"code": "WRONG1"}).status_code == 200
    answer = client.post(answer.url, {"code": code})
    assert answer.status_code == 302
    assert client.get("/account/").status_code == 200
    assert User.objects.get(email="jo@example.org").name == "Jo Reyes"


def test_the_code_is_erased_from_the_outbox_once_sent(client, mailoutbox):
    values = {"name": "Jo Reyes", "email": "jo@example.org", "password1": PASSWORD}
    client.post(reverse("account_signup"), values)
    send_effects(at=database_now())
    assert len(mailoutbox) == 1
    assert all(set(e.payload) == {"key"} for e in Effect.objects.all())


def test_a_short_password_is_refused_at_its_field(client):
    values = {"name": "Jo", "email": "jo@example.org", "password1": "shortish-9"}
    page = client.post(reverse("account_signup"), values).content.decode()
    assert "at least 15 characters" in page
    assert not User.objects.exists()


def test_a_taken_address_is_not_given_away(client, mailoutbox):
    make_user(email="jo@example.org")
    values = {"name": "Eve", "email": "jo@example.org", "password1": PASSWORD}
    answer = client.post(reverse("account_signup"), values)
    assert answer.url == reverse("account_email_verification_sent")
    send_effects(at=database_now())
    assert "already have an account" in mailoutbox[0].subject
    assert User.objects.count() == 1


def test_a_wrong_password_is_said(client):
    user = make_user()
    values = {"login": user.email, "password": "not-the-right-password"}
    page = client.post(reverse("account_login"), values)
    assert page.status_code == 200
    assert "not correct" in page.content.decode()


def test_guessing_is_slowed_down(client):
    user = make_user()
    values = {"login": user.email, "password": "not-the-right-password"}
    pages = [client.post(reverse("account_login"), values).content.decode() for _ in range(6)]
    assert "Too many failed login attempts" in pages[-1]


def test_the_second_step_asks_for_the_code(client):
    agency = make_agency()
    officer = make_officer(agency, Role.PROGRAMME_OFFICER)
    answer = sign_in(client, officer)
    assert answer.url.startswith(reverse("mfa_authenticate"))
    assert client.get("/account/").status_code == 302
    page = client.post(answer.url, {"code": "000000"})
    assert "Incorrect code" in page.content.decode()
    assert client.post(answer.url, {"code": code_now()}).status_code == 302
    assert client.get("/account/").status_code == 200


def test_a_recovery_code_opens_once(client):
    officer = make_officer(make_agency(), Role.PROGRAMME_OFFICER)
    codes = Authenticator.objects.get(user=officer, type="recovery_codes").wrap()
    code = codes.get_unused_codes()[0]
    for expected in (302, 200):
        answer = sign_in(client, officer)
        assert client.post(answer.url, {"code": code}).status_code == expected
        client.logout()


def test_an_officer_without_second_step_is_sent_to_set_it_up(client):
    agency = make_agency(administrator=make_user())
    administrator = agency.roles.get().user
    client.force_login(administrator)
    url = reverse("accounts:officers", args=[agency.case.reference])
    answer = client.get(url)
    assert answer.url == reverse("mfa_activate_totp")
    assert client.get("/account/").status_code == 200


def test_setting_up_an_app_gives_recovery_codes(client):
    sign_in(client, make_user())
    page = client.get(reverse("mfa_activate_totp")).content.decode()
    secret = re.search(r'class="reference">([A-Z2-7]+)<', page).group(1)
    answer = client.post(reverse("mfa_activate_totp"), {"code": code_now(secret)})
    assert answer.url == reverse("mfa_view_recovery_codes")
    assert client.get(answer.url).content.decode().count('class="reference"') == 10


def test_stored_secrets_are_encrypted():
    officer = make_officer(make_agency(), Role.PUBLISHER)
    row = Authenticator.objects.get(user=officer, type="totp")
    assert TOTP_SECRET not in str(row.data)


def test_an_officer_keeps_the_second_step(client):
    officer = make_officer(make_agency(), Role.PUBLISHER)
    answer = sign_in(client, officer)
    client.post(answer.url, {"code": code_now()})
    page = client.post(reverse("mfa_deactivate_totp")).content.decode()
    assert "Officers of agencies keep the second sign-in step" in page
    assert Authenticator.objects.filter(user=officer, type="totp").exists()


def test_a_forgotten_password_is_replaced_by_a_link(client, mailoutbox):
    user = make_user(email="jo@example.org")
    client.post(reverse("account_reset_password"), {"email": user.email})
    send_effects(at=database_now())
    path = re.search(r"http://testserver(/\S+)", mailoutbox[0].body).group(1)
    page = client.get(path, follow=True)
    new = "another-horse-battery-9"
    client.post(page.redirect_chain[-1][0], {"password1": new, "password2": new})
    assert client.login(email=user.email, password=new)


PAGES = (
    "account_login",
    "account_signup",
    "account_reset_password",
    "account_reset_password_done",
    "account_reset_password_from_key_done",
    "account_inactive",
)


@pytest.mark.parametrize("name", PAGES)
def test_entrance_pages_are_ours(client, name):
    page = client.get(reverse(name)).content.decode()
    assert "Clusters Portal</title>" in page
    assert "placeholder=" not in page.split("<main")[1].split("</main>")[0]


@pytest.mark.parametrize("name", ["account_logout", "account_change_password", "mfa_index"])
def test_pages_about_signing_in_are_ours(client, name):
    sign_in_freshly(client, make_user())
    assert "Clusters Portal</title>" in client.get(reverse(name)).content.decode()
