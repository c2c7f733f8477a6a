"""What a tie hides from whom, until when."""

from datetime import timedelta

import pytest
from django.test import RequestFactory

from grants.models import ConflictEdge, Waiver
from grants.permissions.panels import open_seat, read_as_panel
from grants.queries.conflicts import barred_pairs, is_barred, visible_proposals
from grants.rules.panel_states import AssignmentState, SeatState
from grants.rules.states import ProposalState
from grants.rules.terms import EdgeKind, PanelRole
from grants.rules.training import TRAINING_LIFE
from tests.factories.accounts import make_user
from tests.factories.grants import make_assignment, make_competition, make_proposal, make_seat
from trail.queries.clock import database_now


def tie(user, proposal, **changes):
    values = {
        "kind": EdgeKind.LEAD_ORGANIZATION,
        "is_hard": True,
        "found_at": database_now(),
        "found_by": "system:portal",
        **changes,
    }
    return ConflictEdge.objects.create(user=user, proposal=proposal, **values)


@pytest.fixture
def competition():
    return make_competition()


@pytest.fixture
def seat(competition):
    return make_seat(competition, make_user("Rhea Reviewer", has_second_step=True))


@pytest.fixture
def hidden(competition):
    return make_proposal(competition, ProposalState.UNDER_REVIEW)


@pytest.fixture
def seen(competition):
    return make_proposal(competition, ProposalState.UNDER_REVIEW)


def asked_by(user):
    request = RequestFactory().get("/")
    request.user, request.arrived_at = user, database_now()
    return request


def refusal(seat, proposal):
    found = read_as_panel(asked_by(seat.user), proposal=proposal.reference)
    return found.code if found else None


def test_a_hard_tie_bars_its_pair_alone(competition, seat, hidden, seen):
    tie(seat.user, hidden)
    other = make_seat(competition)
    assert barred_pairs(competition) == {(seat.pk, hidden.pk)}
    assert is_barred(seat.user, hidden)
    assert not is_barred(seat.user, seen)
    assert set(visible_proposals(seat)) == {seen}
    assert set(visible_proposals(other)) == {seen, hidden}


def test_a_soft_tie_bars_until_it_is_waived(competition, seat, hidden):
    edge = tie(seat.user, hidden, kind=EdgeKind.ROSTER, is_hard=False)
    assert is_barred(seat.user, hidden)
    waiver = Waiver.objects.create(
        competition=competition, reason="Ordinary", granted_by="user:1", granted_at=database_now()
    )
    ConflictEdge.objects.filter(pk=edge.pk).update(waiver=waiver)
    assert not is_barred(seat.user, hidden)
    assert barred_pairs(competition) == frozenset()
    assert set(visible_proposals(seat)) == {hidden}


def test_an_ended_tie_bars_nothing(competition, seat, hidden):
    tie(seat.user, hidden, ended_at=database_now(), ended_by="user:1")
    assert not is_barred(seat.user, hidden)
    assert barred_pairs(competition) == frozenset()


def test_an_unproved_address_bars_new_reads_but_not_what_was_under_way(competition, seat, hidden):
    before = database_now() - timedelta(days=1)
    make_assignment(hidden, seat, AssignmentState.IN_PROGRESS, assigned_at=before)
    tie(seat.user, hidden, is_unverified=True)
    assert barred_pairs(competition) == {(seat.pk, hidden.pk)}
    assert not is_barred(seat.user, hidden)
    assert refusal(seat, hidden) is None
    other = make_seat(competition, make_user("Rolf Reader", has_second_step=True))
    tie(other.user, hidden, is_unverified=True)
    assert is_barred(other.user, hidden)
    assert hidden not in visible_proposals(other)


def test_an_unproved_address_that_was_looked_at_and_stands_bars_all(seat, hidden):
    before = database_now() - timedelta(days=1)
    make_assignment(hidden, seat, AssignmentState.IN_PROGRESS, assigned_at=before)
    tie(seat.user, hidden, is_unverified=True, looked_at=before, looked_by="user:1")
    assert is_barred(seat.user, hidden)
    assert refusal(seat, hidden) == "not_found"


def test_a_proposed_assignment_is_not_under_way(seat, hidden):
    before = database_now() - timedelta(days=1)
    make_assignment(hidden, seat, AssignmentState.PROPOSED, assigned_at=before)
    tie(seat.user, hidden, is_unverified=True)
    assert is_barred(seat.user, hidden)


def test_a_panel_knows_only_what_is_in_review(competition, seat):
    for state in (ProposalState.DRAFT, ProposalState.VALIDATED, ProposalState.WITHDRAWN):
        make_proposal(competition, state)
    assert not visible_proposals(seat).exists()


def test_a_reviewer_reads_what_is_assigned_and_released(seat, seen):
    assert refusal(seat, seen) == "not_found"
    assignment = make_assignment(seen, seat, AssignmentState.PROPOSED)
    assert refusal(seat, seen) == "not_found"
    assignment.delete()
    assignment = make_assignment(seen, seat, AssignmentState.ACCEPTED)
    assert refusal(seat, seen) is None
    type(assignment).objects.update(suspended_at=database_now())
    assert refusal(seat, seen) == "not_found"


@pytest.mark.parametrize(
    "lacking",
    [
        {"certified_at": None},
        {"trained_at": None},
        {"trained_at": database_now},
        {"state": SeatState.ENDED, "ended_at": database_now},
    ],
)
def test_a_chair_reads_once_certified_trained_and_seated(competition, seen, lacking):
    chair = make_seat(
        competition, make_user("Cleo Chair", has_second_step=True), role=PanelRole.CHAIR
    )
    assert refusal(chair, seen) is None
    values = {key: now() if callable(now) else now for key, now in lacking.items()}
    if values.get("trained_at"):
        values["trained_at"] -= timedelta(days=TRAINING_LIFE, seconds=1)
    type(chair).objects.filter(pk=chair.pk).update(**values)
    assert refusal(chair, seen) == "not_found"


def test_nobody_reads_without_a_second_step(competition, seen):
    chair = make_seat(competition, make_user("Carl Chair"), role=PanelRole.CHAIR)
    assert refusal(chair, seen) == "not_found"


def test_a_conflicted_chair_meets_nothing(competition, seen):
    chair = make_seat(
        competition, make_user("Cleo Chair", has_second_step=True), role=PanelRole.CHAIR
    )
    tie(chair.user, seen)
    assert refusal(chair, seen) == "not_found"


def test_a_seat_is_opened_by_its_holder(competition, seat):
    assert open_seat(asked_by(seat.user), seat.reference) == seat
    assert open_seat(asked_by(make_user()), seat.reference) is None
    type(seat).objects.filter(pk=seat.pk).update(state=SeatState.ENDED, ended_at=database_now())
    assert open_seat(asked_by(seat.user), seat.reference) is None
