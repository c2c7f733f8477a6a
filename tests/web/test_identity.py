"""Signing in with an account of another site, against a provider inside the process."""

import base64
import json
import time
from urllib.parse import urlsplit

import pytest
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from accounts.identity_transport import ProviderUnreachable, check_address
from accounts.models import LinkedIdentity, User
from accounts.rules.roles import AgencyRoleKind as Role
from tests import fake_provider
from tests.constraints import refused_by
from tests.factories.accounts import PASSWORD, make_agency, make_officer, make_user
from tests.factories.sign_in import sign_in_freshly
from trail.queries.clock import database_now

START = "/accounts/identity/"
LOGIN = "/accounts/login/"


@pytest.fixture
def provider(settings):
    cache.clear()
    settings.IDENTITY_ISSUER = fake_provider.ISSUER
    settings.IDENTITY_CLIENT = fake_provider.CLIENT
    settings.IDENTITY_KEY = fake_provider.CLIENT_KEY.as_pem(private=True).decode()
    settings.IDENTITY_TRANSPORT = "tests.fake_provider.fetch"
    fake_provider.provider.__init__()
    return fake_provider.provider


def come_back(client, provider, start=START, **changes):
    """Go there, be somebody there, come back."""
    answer = client.get(start)
    provider.visited(answer.url)
    values = {"code": "a-code", "state": provider.question["state"], **changes}
    return client.get(urlsplit(provider.question["redirect_uri"]).path, values, follow=True)


def is_signed_in(client):
    return "_auth_user_id" in client.session


def unsigned(claims):
    def part(value):
        return base64.urlsafe_b64encode(json.dumps(value).encode()).rstrip(b"=").decode()

    return f"{part({'alg': 'none', 'kid': 'one'})}.{part(claims)}."


def test_it_is_not_offered_until_it_is_configured(client):
    assert "Login.gov" not in client.get(LOGIN).content.decode()
    assert client.get(START).status_code == 404
    assert client.get("/accounts/identity/answer/?state=x&code=y").status_code == 404


def test_somebody_new_gets_an_account(client, provider):
    assert "Sign in with Login.gov" in client.get(LOGIN).content.decode()
    page = come_back(client, provider)
    assert page.redirect_chain[-1][0] == "/account/"
    user = User.objects.get(email="jo@example.org")
    assert client.session["_auth_user_id"] == str(user.pk)
    assert not user.has_usable_password()
    assert user.identities.get().subject == "subject-1"


def test_the_question_carries_state_nonce_pkce_and_assurance(client, provider):
    provider.visited(client.get(START).url)
    asked = provider.question
    assert asked["code_challenge_method"] == "S256"
    assert asked["acr_values"] == "urn:acr.login.gov:auth-only"
    assert asked["scope"] == "openid email"
    assert len({asked["state"], asked["nonce"], asked["code_challenge"]}) == 3
    assert min(len(asked[name]) for name in ("state", "nonce", "code_challenge")) >= 40
    provider.visited(client.get(START).url)
    assert provider.question["state"] != asked["state"]


def test_the_second_time_it_is_the_same_person_whatever_the_address(client, provider):
    come_back(client, provider)
    client.logout()
    provider.claims = {"email": "new@example.org"}
    come_back(client, provider)
    assert User.objects.count() == 1
    assert is_signed_in(client)


def test_the_way_back_is_kept_and_stays_here(client, provider):
    user = make_user()
    LinkedIdentity.objects.create(
        user=user, issuer=fake_provider.ISSUER, subject="subject-1", linked_at=database_now()
    )
    page = come_back(client, provider, f"{START}?next=/account/sessions/")
    assert page.redirect_chain[-1][0] == "/account/sessions/"
    client.logout()
    page = come_back(client, provider, f"{START}?next=https://evil.example/")
    assert "evil.example" not in str(page.redirect_chain)


def test_discovery_and_keys_are_remembered(client, provider):
    come_back(client, provider)
    client.logout()
    come_back(client, provider)
    assert len([one for one in provider.asked if "well-known" in one]) == 1
    assert len([one for one in provider.asked if one.endswith("/keys")]) == 1


NOW = int(time.time())
WRONG = {
    "nonce": {"nonce": "another"},
    "no nonce": {"nonce": None},
    "audience": {"aud": "somebody-else"},
    "two audiences": {"aud": [fake_provider.CLIENT, "somebody-else"]},
    "issuer": {"iss": "https://evil.example/"},
    "expired": {"exp": NOW - 3600},
    "no end": {"exp": None},
    "made long ago": {"iat": NOW - 7200},
    "made tomorrow": {"iat": NOW + 86400},
    "no subject": {"sub": ""},
    "a number as subject": {"sub": 7},
}


@pytest.mark.parametrize("claims", WRONG.values(), ids=WRONG.keys())
def test_a_wrong_statement_signs_nobody_in(client, provider, claims):
    provider.claims = claims
    page = come_back(client, provider).content.decode()
    assert "could not be trusted" in page
    assert not is_signed_in(client)
    assert not User.objects.exists()


def test_an_unsigned_statement_signs_nobody_in(client, provider):
    provider.visited(client.get(START).url)
    provider.statement = unsigned(provider.stated())
    values = {"code": "a-code", "state": provider.question["state"]}
    page = client.get("/accounts/identity/answer/", values, follow=True).content.decode()
    assert "could not be trusted" in page
    assert not is_signed_in(client)


def test_a_statement_signed_by_somebody_else_signs_nobody_in(client, provider):
    provider.key = fake_provider.OTHER_KEY
    assert "could not be trusted" in come_back(client, provider).content.decode()
    assert not is_signed_in(client)


@pytest.mark.parametrize("statement", ["x", "a.b.c", "....", "e30.e30.e30"])
def test_nonsense_signs_nobody_in(client, provider, statement):
    provider.statement = statement
    assert "could not be trusted" in come_back(client, provider).content.decode()


@pytest.mark.parametrize("verified", [False, None, "true", 1])
def test_an_unverified_address_opens_no_account(client, provider, verified):
    provider.claims = {"email_verified": verified}
    page = come_back(client, provider).content.decode()
    assert "has not checked your e-mail address" in page
    assert not User.objects.exists()


def test_an_existing_account_is_not_taken_over(client, provider):
    owner = make_user(email="jo@example.org")
    page = come_back(client, provider).content.decode()
    assert "already has this e-mail address" in page
    assert not is_signed_in(client)
    assert not owner.identities.exists()


def test_linking_needs_signing_in_first(client, provider):
    owner = make_user("Jo Reyes", "jo@example.org")
    client.force_login(owner)
    assert client.get("/accounts/identity/link/").url.startswith("/accounts/reauthenticate/")
    sign_in_freshly(client, owner)
    page = come_back(client, provider, "/accounts/identity/link/").content.decode()
    assert "You can now sign in with Login.gov" in page
    assert "Remove the link" in page
    client.logout()
    come_back(client, provider)
    assert client.session["_auth_user_id"] == str(owner.pk)


def test_a_link_that_somebody_else_holds_is_refused(client, provider):
    come_back(Client(), provider)
    other = make_user("Lin Park")
    sign_in_freshly(client, other)
    page = come_back(client, provider, "/accounts/identity/link/").content.decode()
    assert "already signs in somebody else" in page
    assert not other.identities.exists()


def test_a_link_is_removed_unless_it_is_the_only_way_in(client, provider):
    come_back(client, provider)
    user = User.objects.get()
    page = client.post(reverse("accounts:identity_unlink"), follow=True)
    assert user.identities.exists()
    assert "Choose a password first" in page.content.decode()
    page = client.get(reverse("account_change_password"), follow=True)
    assert "Choose a password" in page.content.decode()
    values = {"password1": PASSWORD, "password2": PASSWORD}
    client.post(reverse("account_set_password"), values)
    sign_in_freshly(client, User.objects.get())
    client.post(reverse("accounts:identity_unlink"))
    assert not user.identities.exists()


def test_an_officer_still_needs_the_second_step(client, provider):
    officer = make_officer(make_agency(), Role.PUBLISHER)
    LinkedIdentity.objects.create(
        user=officer, issuer=fake_provider.ISSUER, subject="subject-1", linked_at=database_now()
    )
    page = come_back(client, provider)
    assert page.redirect_chain[-1][0].startswith("/accounts/2fa/authenticate/")
    assert not is_signed_in(client)


@pytest.mark.parametrize("changes", [{"state": "guessed"}, {"state": ""}])
def test_an_answer_nobody_asked_for_is_refused(client, provider, changes):
    page = come_back(client, provider, **changes).content.decode()
    assert "belongs to no question of this browser" in page
    assert not is_signed_in(client)


def test_an_answer_counts_once(client, provider):
    come_back(client, provider)
    client.logout()
    values = {"code": "a-code", "state": provider.question["state"]}
    page = client.get("/accounts/identity/answer/", values, follow=True)
    assert "belongs to no question" in page.content.decode()


def test_somebody_else_s_answer_is_refused_in_this_browser(client, provider):
    provider.visited(Client().get(START).url)
    values = {"code": "a-code", "state": provider.question["state"]}
    client.get("/accounts/identity/answer/", values)
    assert not is_signed_in(client)


def test_a_cancelled_sign_in_is_said(client, provider):
    page = come_back(client, provider, error="access_denied").content.decode()
    assert "it was cancelled or refused" in page


@pytest.mark.parametrize(
    "discovery",
    [{}, {**fake_provider.DISCOVERY, "issuer": "https://evil.example/"}],
)
def test_a_wrong_discovery_document_leads_nowhere(client, provider, discovery):
    provider.discovery = discovery
    page = client.get(START, follow=True).content.decode()
    assert "cannot be reached at the moment" in page


@pytest.mark.parametrize(
    "address",
    [
        "http://provider.example/keys",
        "https://evil.example/keys",
        "https://provider.example.evil.example/",
        "https://provider.example:8443/",
        "https://provider.example@evil.example/",
        "file:///etc/passwd",
    ],
)
def test_nothing_outside_the_issuer_is_fetched(provider, address):
    check_address("https://provider.example/keys")
    with pytest.raises(ProviderUnreachable):
        check_address(address)


def test_constraint_linked_identity_once():
    row = {"issuer": fake_provider.ISSUER, "subject": "s", "linked_at": database_now()}
    LinkedIdentity.objects.create(user=make_user(), **row)
    with refused_by("linked_identity_once"):
        LinkedIdentity.objects.create(user=make_user(), **row)


def test_constraint_linked_identity_one_per_person():
    user = make_user()
    row = {"user": user, "issuer": fake_provider.ISSUER, "linked_at": database_now()}
    LinkedIdentity.objects.create(subject="s", **row)
    with refused_by("linked_identity_one_per_person"):
        LinkedIdentity.objects.create(subject="t", **row)
