"""The sample world's competitions are brought out by the same acts as anybody's."""

import pytest

from clusters_portal.demo.competition_scenes import COMING, OPEN, stage_competitions
from clusters_portal.demo.personas import PERSONAS
from grants.models import Competition
from grants.queries.public_competitions import is_as_pinned
from grants.rules.states import CompetitionState
from records.actions.set_deadline import sweep_deadlines
from tests.factories.accounts import make_agency, make_officer, make_user
from trail.queries.clock import database_now


@pytest.fixture
def home(db):
    return make_agency()


def test_everybody_of_the_demo_world_has_a_key_and_a_name_of_their_own():
    assert len({one.key for one in PERSONAS}) == len(PERSONAS)
    assert len({one.email for one in PERSONAS}) == len(PERSONAS)


def test_one_is_open_one_waits_for_its_signatures(home):
    people = {
        one.key: make_officer(home, *one.roles, name=one.name) if one.roles else make_user(one.name)
        for one in PERSONAS
    }
    at = database_now()
    for _ in range(2):
        stage_competitions(people, home, at)
    found = {row.opportunity_number: row for row in Competition.objects.all()}
    assert {number: row.status for number, row in found.items()} == {
        OPEN.number: CompetitionState.OPEN,
        COMING.number: CompetitionState.CLEARANCE,
    }
    opened = found[OPEN.number]
    assert opened.closes_at > at
    assert is_as_pinned(opened)
    assert (opened.amendments.count(), opened.inquiries.count()) == (1, 2)
    assert opened.pools.count() == 2
    sweep_deadlines(at=at)
    opened.refresh_from_db()
    assert opened.status is CompetitionState.OPEN
