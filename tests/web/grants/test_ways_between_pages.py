"""Pages lead to what belongs to them: results, debriefs, one's own lists, a chair's rooms."""

import pytest
from django.test import Client

from grants.rules.terms import PanelRole
from tests.factories.accounts import make_user
from tests.factories.certification_groups import make_group, seat_representative
from tests.factories.grants import make_seat
from tests.factories.panels import make_reviewer
from tests.factories.selection import advised, announced, decided, reviewed, started
from tests.factories.sign_in import sign_in_freshly


def read(address: str, user=None) -> str:
    client = Client()
    if user:
        sign_in_freshly(client, user)
    return client.get(address).content.decode()


@pytest.fixture
def group(db):
    return make_group(name="Sandusky Glass")


def test_a_competition_leads_to_its_results_once_they_are_announced():
    scene = decided(advised(started()))
    address = f"/competitions/{scene.competition.reference}/"
    assert "results/" not in read(address).partition("<main")[2].partition("<footer")[0]
    scene, _ = announced(scene)
    assert f'href="{address}results/"' in read(address)
    assert f'href="{address}"' in read(f"{address}results/")


def test_a_decided_proposal_leads_to_its_debrief_and_back(group):
    representative = seat_representative(group)
    scene, _ = announced(decided(advised(started(groups=[group]))))
    address = f"/proposals/{scene.proposals[0].reference}/"
    assert f'href="{address}debrief/"' in read(address, representative)
    assert f'href="{address}"' in read(f"{address}debrief/", representative)


def test_the_menu_shows_the_lists_that_somebody_has(group):
    nobody, member = make_user(), seat_representative(group)
    reviewer = make_seat(reviewed().competition).user
    assert "Your proposals" not in read("/", nobody)
    assert "Your reviewing" not in read("/", member)
    assert 'href="/proposals/"' in read("/", member)
    assert 'href="/reviewing/"' in read("/", reviewer)


def test_the_seat_of_a_chair_leads_to_the_rooms_of_the_panel():
    competition = reviewed().competition
    seat = make_seat(competition, make_reviewer("Cleo Chair"), role=PanelRole.CHAIR)
    page = read(f"/reviewing/seats/{seat.reference}/", seat.user)
    for room in ("assignment", "reviews"):
        assert f'href="/staff/competitions/{competition.reference}/{room}/"' in page
