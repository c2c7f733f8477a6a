"""Dangerous acts ask once more who it is: before the form, and before a late one is carried out."""

import time

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, hotp_value
from django.core.cache import cache
from django.http import HttpResponse
from django.test import RequestFactory
from django.urls import get_resolver, reverse

from accounts import gates
from accounts.models import OpenSession
from accounts.rules.roles import AgencyRoleKind as Role
from tests.factories.accounts import PASSWORD, TOTP_SECRET, make_agency, make_officer, make_user
from tests.factories.sign_in import confirm, sign_in_freshly

CONFIRM = "/accounts/2fa/reauthenticate/"
GRAVE = {
    "accounts:own_data",
    "accounts:download_own_data",
    "accounts:close_account",
    "account_change_password",
    "mfa_remove_webauthn",
    "accounts:end_session",
    "accounts:end_other_sessions",
    "accounts:officers",
    "accounts:grant_role",
    "accounts:end_role",
    "certification:prepare_release",
    "certification:publication",
    "certification:release_publication",
    "certification:staff_designate",
    "certification:staff_deny",
}


@pytest.fixture(autouse=True)
def fresh_limits():
    cache.clear()


def code_now():
    return format_hotp_value(hotp_value(TOTP_SECRET, int(time.time()) // 30))


def sign_in(client, user):
    return client.post(reverse("account_login"), {"login": user.email, "password": PASSWORD})


@pytest.fixture
def agency():
    return make_agency()


@pytest.fixture
def administrator(agency):
    return agency.roles.get().user


def officers_page(agency, name="officers"):
    return reverse(f"accounts:{name}", args=[agency.case.reference])


def grave_routes(patterns, prefix=""):
    for pattern in patterns:
        if hasattr(pattern, "url_patterns"):
            space = f"{prefix}{pattern.namespace}:" if pattern.namespace else prefix
            yield from grave_routes(pattern.url_patterns, space)
        elif getattr(pattern.callback, "asks_fresh_step", False):
            yield f"{prefix}{pattern.name}"


def test_dangerous_doors_ask_for_a_fresh_second_step():
    assert GRAVE - set(grave_routes(get_resolver().url_patterns)) == set()


def test_the_form_is_not_shown_before_the_confirmation(client, agency, administrator):
    client.force_login(administrator)
    answer = client.get(officers_page(agency))
    assert (
        answer.url
        == f"{CONFIRM}?next={officers_page(agency)}".replace("/", "%2F", 0)[: len(CONFIRM)]
        + answer.url[len(CONFIRM) :]
    )
    page = client.get(answer.url).content.decode()
    assert "Confirm that it is you" in page
    answer = client.post(answer.url, {"code": code_now()})
    assert answer.url == officers_page(agency)
    assert client.get(answer.url).status_code == 200


def test_ten_minutes_later_it_asks_again(client, agency, administrator):
    sign_in_freshly(client, administrator, seconds_ago=599)
    assert client.get(officers_page(agency)).status_code == 200
    sign_in_freshly(client, administrator, seconds_ago=601)
    client.session.flush()
    client.force_login(administrator)
    confirm(client, administrator, seconds_ago=601)
    assert client.get(officers_page(agency)).status_code == 302


def test_a_password_is_not_enough_for_whoever_has_a_second_step(client, agency, administrator):
    client.force_login(administrator)
    confirm(client, administrator, method="password")
    assert client.get(officers_page(agency)).status_code == 302
    assert client.get(reverse("account_reauthenticate")).status_code == 302
    answer = client.post(reverse("account_reauthenticate"), {"password": PASSWORD})
    assert answer.url.startswith(CONFIRM)
    assert "Use your password" not in client.get(answer.url).content.decode()


def test_somebody_else_s_proof_does_not_count(client, agency, administrator):
    client.force_login(administrator)
    confirm(client, make_user())
    assert client.get(officers_page(agency)).status_code == 302


def test_a_late_form_is_kept_and_sent_by_its_writer(client, agency, administrator):
    client.force_login(administrator)
    lin = make_user("Lin Park", "lin@example.gov")
    values = {"email": lin.email, "role": "publisher"}
    answer = client.post(officers_page(agency, "grant_role"), values)
    assert not agency.roles.filter(user=lin).exists()
    answer = client.post(answer.url, {"code": code_now()})
    assert answer.url == reverse("accounts:kept_text")
    page = client.get(answer.url).content.decode()
    assert "lin@example.gov" in page
    assert not agency.roles.filter(user=lin).exists()
    client.post(officers_page(agency, "grant_role"), values)
    assert agency.roles.filter(user=lin, until=None).exists()


def test_a_refused_person_is_refused_before_being_asked(client, agency):
    client.force_login(make_officer(agency, Role.PUBLISHER))
    assert client.get(officers_page(agency)).status_code == 403


def test_whoever_has_no_second_step_confirms_with_the_password(client):
    user = make_user()
    client.force_login(user)
    answer = client.get(reverse("account_change_password"))
    assert answer.url.startswith(reverse("account_reauthenticate"))
    answer = client.post(answer.url, {"password": PASSWORD})
    assert client.get(answer.url).status_code == 200


def test_ending_other_sign_ins_asks_first(client):
    user = make_user()
    client.force_login(user)
    assert client.post(reverse("accounts:end_other_sessions")).url.startswith("/accounts/reauth")
    assert OpenSession.objects.filter(user=user, ended_at=None).count() == 1


def test_a_planted_gate_without_the_question_lets_stale_people_pass(administrator):
    request = RequestFactory().get("/x/")
    request.user = administrator

    @gates.gate(gates.signed_in)
    def planted(request):
        return HttpResponse("done")

    assert planted(request).status_code == 200
    assert not planted.asks_fresh_step


# --- second steps ---


def test_a_code_opens_once_even_when_the_cache_forgets(client):
    officer = make_officer(make_agency(), Role.PUBLISHER)
    code = code_now()
    for expected in (302, 200):
        answer = client.post(
            reverse("account_login"), {"login": officer.email, "password": PASSWORD}
        )
        assert client.post(answer.url, {"code": code}).status_code == expected
        client.logout()
        cache.clear()


def test_an_older_code_does_not_open_after_a_newer_one(client):
    officer = make_officer(make_agency(), Role.PUBLISHER)
    step = int(time.time()) // 30
    codes = [format_hotp_value(hotp_value(TOTP_SECRET, step - back)) for back in (0, 1)]
    for code, expected in zip(codes, (302, 200), strict=True):
        answer = client.post(
            reverse("account_login"), {"login": officer.email, "password": PASSWORD}
        )
        assert client.post(answer.url, {"code": code}).status_code == expected
        client.logout()


def passkey_of(user):
    row = {"user": user, "type": "webauthn", "data": {"name": "Telephone", "credential": {}}}
    return Authenticator.objects.create(**row)


def test_a_passkey_is_a_second_step_for_officers(client):
    agency = make_agency(administrator=make_user())
    administrator = agency.roles.get().user
    sign_in_freshly(client, administrator)
    assert client.get(officers_page(agency)).url == reverse("mfa_activate_totp")
    passkey_of(administrator)
    assert client.get(officers_page(agency)).status_code == 200


def test_an_officer_keeps_the_last_second_step(client):
    officer = make_officer(make_agency(), Role.PUBLISHER)
    Authenticator.objects.filter(user=officer, type="totp").delete()
    key = passkey_of(officer)
    sign_in_freshly(client, officer)
    remove = reverse("mfa_remove_webauthn", args=[key.pk])
    page = client.post(remove)
    assert page.status_code == 403
    assert "this is your only one" in page.content.decode()
    TOTP.activate(officer, TOTP_SECRET)
    assert client.post(remove).status_code == 302
    assert not Authenticator.objects.filter(pk=key.pk).exists()


def test_the_app_may_go_when_a_passkey_stays(client):
    officer = make_officer(make_agency(), Role.PUBLISHER)
    passkey_of(officer)
    sign_in_freshly(client, officer)
    assert client.post(reverse("mfa_deactivate_totp")).status_code == 302
    assert not Authenticator.objects.filter(user=officer, type="totp").exists()


def test_a_passkey_gets_a_better_name(client):
    user = make_user()
    key = passkey_of(user)
    sign_in_freshly(client, user)
    client.post(reverse("mfa_edit_webauthn", args=[key.pk]), {"name": "Blue key"})
    assert "Blue key" in client.get(reverse("mfa_index")).content.decode()


def test_somebody_else_s_passkey_does_not_exist(client):
    key = passkey_of(make_user())
    sign_in_freshly(client, make_user())
    for name in ("mfa_edit_webauthn", "mfa_remove_webauthn"):
        assert client.post(reverse(name, args=[key.pk]), {"name": "x"}).status_code == 404
    assert Authenticator.objects.filter(pk=key.pk).exists()


NONSENSE = ["", "[]", "1", "null", "{}", '{"id": 3}', '{"response": []}', '{"response": {}}', "{"]


@pytest.mark.parametrize("credential", NONSENSE)
def test_nonsense_instead_of_a_passkey_opens_nothing(client, credential):
    user = make_user()
    client.get(reverse("mfa_login_webauthn"), headers={"Accept": "application/json"})
    answer = client.post(reverse("mfa_login_webauthn"), {"credential": credential})
    assert answer.url == reverse("account_login")
    assert "_auth_user_id" not in client.session
    sign_in_freshly(client, user)
    client.get(reverse("mfa_add_webauthn"))
    answer = client.post(
        reverse("mfa_add_webauthn"), {"credential": credential, "passwordless": "on"}
    )
    assert answer.status_code == 200
    assert not Authenticator.objects.filter(user=user).exists()


def test_pages_of_passkeys_are_ours(client):
    user = make_user()
    key = passkey_of(user)
    sign_in_freshly(client, user)
    names = (("mfa_edit_webauthn", [key.pk]), ("mfa_remove_webauthn", [key.pk]), ("mfa_index", []))
    for name, args in names:
        page = client.get(reverse(name, args=args)).content.decode()
        assert "Clusters Portal</title>" in page
        assert "Telephone" in page
