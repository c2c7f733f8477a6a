"""The desk of competitions: whose it is, what it shows."""

import pytest

from accounts.rules.roles import AgencyRoleKind
from grants.rules.states import CompetitionState
from grants.web.competition_words import verbs_without_words
from tests.factories.accounts import make_agency, make_officer
from tests.factories.grants import make_competition
from tests.factories.sign_in import sign_in_freshly


@pytest.fixture
def home(db):
    return make_agency()


@pytest.fixture
def officer_client(client, home):
    sign_in_freshly(client, make_officer(home, AgencyRoleKind.PROGRAMME_OFFICER))
    return client


def test_the_desk_shows_the_own_agency_only(officer_client, home):
    mine = make_competition(agency=home)
    other = make_competition()
    page = officer_client.get("/staff/competitions/").content.decode()
    assert mine.title in page
    assert other.title not in page
    assert officer_client.get(f"/staff/competitions/{other.reference}/").status_code == 404


def test_the_desk_filters_by_stage_and_words(officer_client, home):
    draft = make_competition(CompetitionState.DRAFT, agency=home, title="Drafted")
    opened = make_competition(agency=home, title="Opened")
    page = officer_client.get("/staff/competitions/?stage=open").content.decode()
    assert opened.title in page
    assert draft.title not in page
    page = officer_client.get("/staff/competitions/?q=drafted").content.decode()
    assert draft.title in page
    assert opened.title not in page


def test_a_competition_of_another_agency_does_not_exist_for_its_officers(client, home):
    competition = make_competition(agency=home)
    sign_in_freshly(client, make_officer(make_agency(), AgencyRoleKind.PROGRAMME_OFFICER))
    assert client.get(f"/staff/competitions/{competition.reference}/").status_code == 404


@pytest.mark.parametrize("role", [AgencyRoleKind.LEGAL_COUNSEL, AgencyRoleKind.CONFLICT_OFFICER])
def test_every_role_of_the_agency_reads_it(client, home, role):
    competition = make_competition(agency=home)
    sign_in_freshly(client, make_officer(home, role))
    assert client.get(f"/staff/competitions/{competition.reference}/").status_code == 200


def test_the_timeline_has_words_for_every_verb():
    assert verbs_without_words() == frozenset()
