"""The sample world's competitions are judged by the same acts as anybody's."""

from datetime import timedelta

import pytest

from clusters_portal.demo.competition_scenes import DECIDED, JUDGED, OPEN, stage_competitions
from clusters_portal.demo.judged_scenes import stage_judged
from clusters_portal.demo.panel_scenes import prepare_reviewers
from clusters_portal.demo.personas import PERSONAS
from grants.models import (
    Assignment,
    Competition,
    Discussion,
    PinnedRanking,
    Proposal,
    ResultAppeal,
)
from grants.queries.results import results_of
from grants.rules.panel_states import AssignmentState, SeatState
from grants.rules.states import CompetitionState, ProposalState
from tests.factories.accounts import make_agency, make_officer, make_user
from tests.factories.certification_groups import make_group, seat_representative
from tests.factories.grants import make_designation
from trail.queries.clock import database_now

GROUPS = 4


@pytest.fixture
def home(db):
    return make_agency()


@pytest.fixture
def people(home):
    return {
        one.key: make_officer(home, *one.roles, name=one.name) if one.roles else make_user(one.name)
        for one in PERSONAS
    }


def designate_groups(home, people, at):
    """Groups that were designated a good half year ago."""
    for number in range(GROUPS):
        pair = ("maria", "james") if number % 2 else ("aisha", "peter")
        group = make_group(people[pair[0]], home)
        seat_representative(group, people[pair[1]])
        make_designation(group, at.date() - timedelta(days=200))


def test_one_is_in_review_one_is_announced_two_proposals_answer_the_open_one(home, people):
    at = database_now()
    designate_groups(home, people, at)
    stage_competitions(people, home, at)
    prepare_reviewers(people, at - timedelta(days=300))
    for _ in range(2):
        stage_judged(people, home, at)
    found = {row.opportunity_number: row for row in Competition.objects.all()}
    in_work = Proposal.objects.filter(competition=found[OPEN.number])
    assert sorted(in_work.values_list("state", flat=True)) == [
        ProposalState.DRAFT,
        ProposalState.VALIDATED,
    ]
    is_in_review(found[JUDGED.number])
    is_decided(found[DECIDED.number], at)


def is_in_review(row):
    assert row.status is CompetitionState.REVIEW
    seats = row.seats.filter(state=SeatState.ACCEPTED)
    assert seats.count() == 6
    assert not seats.filter(certified_at=None).exists()
    assert not seats.filter(trained_at=None).exists()
    states = set(
        Assignment.objects.filter(proposal__competition=row).values_list("state", flat=True)
    )
    assert {
        AssignmentState.RELEASED,
        AssignmentState.FINALISED,
        AssignmentState.SUBMITTED,
    } <= states
    assert Discussion.objects.filter(proposal__competition=row, closed_at=None).count() == 1


def is_decided(row, at):
    assert row.status is CompetitionState.ANNOUNCED
    assert PinnedRanking.objects.filter(competition=row).count() == 1
    states = sorted(row.proposals.values_list("state", flat=True))
    assert set(states) == {ProposalState.SELECTED, ProposalState.NOT_SELECTED}
    assert not row.proposals.filter(counting__is_valid=False).exists()
    assert results_of(row.case.reference, at) is not None
    appeal = ResultAppeal.objects.get(proposal__competition=row)
    assert appeal.filed_at < at
    assert appeal.decided_at is None
