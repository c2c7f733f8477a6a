"""What the portal holds about a person, and leaving it: success, refusals, a trail that holds."""

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from accounts.actions.close_account import close_account
from accounts.actors import actor_from_user
from accounts.models import AgencyRole, OpenSession, User
from accounts.rules.roles import AgencyRoleKind as Role
from kit.refusals import Refused
from tests.factories.accounts import (
    PASSWORD,
    make_agency,
    make_officer,
    make_organization,
    make_user,
)
from tests.factories.certification_groups import make_group, seat_representative
from tests.factories.sign_in import sign_in_freshly
from trail.actions.seal_entries import seal_entries
from trail.actions.send_effects import send_effects
from trail.models import Entry, PersonalNote
from trail.queries.clock import database_now
from trail.queries.verification import verify_trail

DATA = "/account/data/"
CLOSE = "/account/close/"


@pytest.fixture(autouse=True)
def quiet(settings, tmp_path):
    cache.clear()
    settings.SEAL_JOURNAL = tmp_path / "seals.jsonl"


@pytest.fixture
def jo(client):
    user = make_user("Jo Reyes", "jo@example.org", has_second_step=True)
    sign_in_freshly(client, user)
    return user


def close(user):
    return close_account(actor=actor_from_user(user), at=database_now(), user=user)


def test_everything_held_is_shown(client, jo):
    make_organization(jo, "Maumee Tools LLC")
    group = make_group(jo, name="Lake Erie Glass")
    page = client.get(DATA).content.decode()
    words = ("Jo Reyes", "jo@example.org", "Authenticator app", "Maumee Tools LLC", group.name)
    assert [word for word in (*words, "Create organization") if word not in page] == []


def test_the_file_holds_the_same_and_no_secret(client, jo):
    make_organization(jo, "Maumee Tools LLC")
    answer = client.get(reverse("accounts:download_own_data"))
    assert "attachment" in answer["Content-Disposition"]
    held = answer.json()["held"]
    assert held["About you"][0]["E-mail"] == "jo@example.org"
    assert held["Organizations"][0]["Organization"] == "Maumee Tools LLC"
    assert {"Seats in groups", "Letters to you", "Sign-ins", "What you did"} <= held.keys()
    text = answer.content.decode()
    secret = Authenticator.objects.get(user=jo, type="totp").data["secret"]
    assert secret not in text
    assert jo.password not in text
    assert client.session.session_key not in text


def test_nobody_else_s_data_is_in_it(client, jo):
    make_organization(make_user("Lin Park"), "Park Works")
    page = client.get(DATA).content.decode()
    assert "Lin Park" not in page
    assert "Park Works" not in page


@pytest.mark.parametrize("address", [DATA, "/account/data/download/", CLOSE])
def test_it_asks_who_it_is_first(client, address):
    client.force_login(make_user())
    assert client.get(address).url.startswith(reverse("account_reauthenticate"))


def test_closing_frees_the_address_and_ends_everything(client, jo, mailoutbox):
    group = make_group(make_user(), name="Lake Erie Glass")
    seat_representative(group, jo)
    other = sign_in_freshly(Client(), jo)
    answer = client.post(CLOSE, {"is_certain": "on"}, follow=True)
    assert "Your account is closed" in answer.content.decode()
    jo.refresh_from_db()
    assert not jo.is_active
    assert (jo.name, jo.title) == ("Closed account", "")
    assert not group.seats.filter(user=jo, until=None).exists()
    assert not EmailAddress.objects.filter(email="jo@example.org").exists()
    assert not Authenticator.objects.filter(user=jo).exists()
    assert not OpenSession.objects.filter(user=jo, ended_at=None).exists()
    assert other.get("/account/").status_code == 302
    send_effects(at=database_now())
    assert mailoutbox[-1].to == ["jo@example.org"]
    assert "is closed" in mailoutbox[-1].subject
    assert make_user("Jo Again", "jo@example.org").is_active


def test_a_closed_account_opens_nothing(client, jo):
    close(jo)
    stranger = Client()
    values = {"login": "jo@example.org", "password": PASSWORD}
    assert "not correct" in stranger.post("/accounts/login/", values).content.decode()
    assert client.get("/account/").status_code == 302


def test_without_the_tick_nothing_happens(client, jo):
    page = client.post(CLOSE, {}).content.decode()
    assert "Tick the box" in page
    jo.refresh_from_db()
    assert jo.is_active


def test_names_are_erased_and_the_trail_still_holds(jo):
    organization = make_organization(jo, "Maumee Tools LLC")
    other = make_user("Lin Park")
    organization.roles.create(user=other, is_administrator=True, since=database_now())
    seal_entries(at=database_now())
    close(jo)
    seal_entries(at=database_now())
    assert verify_trail().ok
    mine = Entry.objects.filter(actor=f"user:{jo.pk}")
    assert mine.filter(verb="create_organization").exists()
    assert mine.filter(verb="close_account").exists()
    assert not PersonalNote.objects.filter(entry__in=mine).exists()
    assert "Jo Reyes" not in str(list(PersonalNote.objects.values_list("content", flat=True)))


def test_other_people_s_names_stay(jo):
    make_organization(make_user("Lin Park"))
    before = PersonalNote.objects.count()
    close(jo)
    assert PersonalNote.objects.filter(content__actor_name="Lin Park").count() == before


def test_an_officer_s_name_stays_under_official_acts():
    agency = make_agency()
    officer = make_officer(agency, Role.PUBLISHER, name="Kofi Mensah")
    close(officer)
    assert not AgencyRole.objects.filter(user=officer, until=None).exists()
    notes = PersonalNote.objects.filter(entry__actor=f"user:{officer.pk}")
    assert notes.filter(content__actor_name="Kofi Mensah").exists()
    assert verify_trail().ok


def test_whoever_others_depend_on_is_told_what_to_hand_over(client, jo):
    make_organization(jo, "Maumee Tools LLC")
    make_group(jo, name="Lake Erie Glass")
    page = client.get(CLOSE).content.decode()
    assert "only administrator of Maumee Tools LLC" in page
    assert "only administrator of the group Lake Erie Glass" in page
    assert "Close my account</button>" not in page
    page = client.post(CLOSE, {"is_certain": "on"}).content.decode()
    assert "hand over" in page
    jo.refresh_from_db()
    assert jo.is_active


def test_an_agency_s_last_administrator_cannot_leave():
    agency = make_agency("Office of Regional Clusters")
    administrator = agency.roles.get().user
    with pytest.raises(Refused) as caught:
        close(administrator)
    assert caught.value.refusal.code == "duties_first"
    assert "only administrator of Office of Regional Clusters" in str(caught.value)
    make_officer(agency, Role.ADMINISTRATOR)
    assert not close(administrator).is_active


def test_closing_twice_is_refused(jo):
    close(jo)
    with pytest.raises(Refused) as caught:
        close(User.objects.get(pk=jo.pk))
    assert caught.value.refusal.code == "already_closed"
