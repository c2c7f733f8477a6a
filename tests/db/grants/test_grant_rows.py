"""The database itself refuses rows that no act may write."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.db import DEFAULT_DB_ALIAS, connection

from grants.models import (
    Assignment,
    AssignmentRun,
    Competition,
    ConflictEdge,
    NamedPerson,
    PanelSeat,
    Proposal,
    Review,
    Score,
    Submission,
    Subrecipient,
    Waiver,
)
from grants.rules.panel_states import AssignmentState, MatchState
from grants.rules.states import CompetitionState, ProposalState
from tests.constraints import refused_by, refused_by_trigger
from tests.factories.accounts import make_user
from tests.factories.grants import (
    DIGEST,
    make_assignment,
    make_competition,
    make_giver,
    make_named_person,
    make_proposal,
    make_review,
    make_seat,
    make_submission,
)
from trail.queries.clock import database_now


def change(row, **fields):
    type(row)._default_manager.filter(pk=row.pk).update(**fields)


@pytest.fixture
def competition():
    return make_competition()


@pytest.fixture
def draft():
    """A competition whose words may still change."""
    return make_competition(CompetitionState.DRAFT)


@pytest.fixture
def proposal(competition):
    return make_proposal(competition)


COMPETITION_LIMITS = [
    ("competition_is_named", {"title": ""}),
    ("competition_listing_shaped", {"listing_number": "11307"}),
    ("competition_share_is_fraction", {"federal_share_numerator": 3}),
    ("competition_share_is_fraction", {"federal_share_numerator": 0}),
    ("competition_ceiling_over_floor", {"federal_ceiling": Decimal(1)}),
    ("competition_years_in_order", {"longest_years": 0}),
    ("competition_scale_in_order", {"score_high": 1}),
    ("competition_three_reviews", {"reviews_per_proposal": 2}),
    ("competition_opened_paired", {"bundle": {}}),
    ("competition_opened_paired", {"bundle_hash": "x"}),
]


@pytest.mark.parametrize(("name", "fields"), COMPETITION_LIMITS)
def test_competition_limits(draft, name, fields):
    with refused_by(name):
        change(draft, **fields)


def test_large_awards_leave_the_draft_with_five_reviewers(draft):
    change(draft, federal_ceiling=Decimal("1000000.01"), federal_floor=Decimal(1))
    with refused_by("competition_large_five_reviews"):
        change(draft, state=CompetitionState.CLEARANCE)
    change(draft, reviews_per_proposal=5)
    change(draft, state=CompetitionState.CLEARANCE)


def test_competition_dates_and_number(draft):
    with refused_by("competition_closes_after_opening"):
        change(draft, closes_at=draft.opens_at)
    other = make_competition(CompetitionState.DRAFT, agency=draft.agency)
    with refused_by("competition_number_once"):
        change(other, opportunity_number=draft.opportunity_number)


def test_competition_moves_only_along_its_lifecycle_and_stays(competition):
    with refused_by_trigger():
        change(competition, state=CompetitionState.ANNOUNCED)
    with refused_by_trigger():
        Competition.objects.filter(pk=competition.pk)._raw_delete(DEFAULT_DB_ALIAS)


def test_notice_limits(draft):
    competition = draft
    first, second = competition.criteria.all()[:2]
    with refused_by("criterion_name_once"):
        change(second, name=first.name)
    with refused_by("criterion_weight_is_percent"):
        change(first, weight=101)
    with refused_by("criterion_position_once"):
        _settled(second, position=first.position)
    anchor = first.anchors.first()
    with refused_by("anchor_score_once"):
        first.anchors.create(score=anchor.score, words="Twice")
    with refused_by("anchor_has_words"):
        change(anchor, words="")
    question = competition.questions.first()
    with refused_by("form_question_limit_sensible"):
        change(question, word_limit=10)
    with refused_by("form_question_position_once"):
        _settled(question, position=2)


def test_pool_limits(draft):
    competition = draft
    pool = competition.pools.get()
    with refused_by("pool_once"):
        competition.pools.create(kind="federal", agency=competition.agency, amount=Decimal(1))
    with refused_by("pool_state_named"):
        competition.pools.create(kind="state", agency=competition.agency, amount=Decimal(1))
    with refused_by("pool_amount_positive"):
        change(pool, amount=Decimal(0))


def test_proposal_limits(competition, proposal):
    other = make_proposal(competition)
    with refused_by("proposal_one_per_group"):
        change(other, group=proposal.group)
    with refused_by("proposal_is_named"):
        change(proposal, title="")
    with refused_by("proposal_amounts_not_negative"):
        change(proposal, match_amount=Decimal(-1))
    with refused_by("proposal_certified_paired"):
        change(proposal, certified_title="Director")
    with refused_by_trigger():
        change(proposal, state=ProposalState.SELECTED)


def test_a_withdrawn_proposal_leaves_room_for_another(competition, proposal):
    change(proposal, state=ProposalState.WITHDRAWN)
    other = make_proposal(competition)
    change(other, group=proposal.group)
    assert Proposal.objects.filter(group=proposal.group).count() == 2


def test_section_once(proposal):
    proposal.sections.create(section_id="budget")
    with refused_by("proposal_section_once"):
        proposal.sections.create(section_id="budget")


def test_submission_limits(proposal):
    first = make_submission(proposal)
    with refused_by("submission_number_once"):
        make_submission(proposal, number=first.number)
    with refused_by("submission_hash_shaped"):
        make_submission(proposal, content_hash="x")
    with refused_by("submission_errors_paired"):
        make_submission(proposal, is_valid=False)
    with refused_by("submission_errors_paired"):
        make_submission(proposal, errors=["The budget is off by one dollar."])
    with refused_by("submission_in_time"):
        make_submission(proposal, received_at=proposal.competition.closes_at)
    make_submission(
        proposal, received_at=proposal.competition.closes_at, late_reason="declared_disaster"
    )


def test_a_submission_is_never_changed(proposal):
    first = make_submission(proposal)
    with refused_by_trigger():
        change(first, content={})
    with refused_by_trigger():
        Submission.objects.filter(pk=first.pk).delete()


def test_named_person_limits(proposal):
    person = make_named_person(proposal, "Ann Lee")
    with refused_by("named_person_once"):
        make_named_person(proposal, "ANN  LEE")
    with refused_by("named_person_name_key_normalized"):
        change(person, name_key="")
    with refused_by("named_person_skeleton_key_filled"):
        change(person, skeleton_key="")
    assert NamedPerson.objects.count() == 1


def test_subrecipient_limits(proposal):
    keys = {"name_key": "works", "skeleton_key": "works"}
    row = Subrecipient.objects.create(
        proposal=proposal, organization_name="Works", amount=Decimal(5), **keys
    )
    with refused_by("subrecipient_once"):
        Subrecipient.objects.create(
            proposal=proposal, organization_name="WORKS", amount=Decimal(5), **keys
        )
    with refused_by("subrecipient_amount_positive"):
        change(row, amount=Decimal(0))
    with refused_by("subrecipient_uei_shape"):
        change(row, uei="abc")
    with refused_by("subrecipient_name_key_normalized"):
        change(row, name_key="")
    with refused_by("subrecipient_skeleton_key_filled"):
        change(row, skeleton_key="")


def test_match_limits(proposal):
    giver = make_giver(proposal)
    with refused_by("match_giver_once"):
        make_giver(proposal)
    with refused_by("match_amount_positive"):
        change(giver, amount=Decimal(0))
    with refused_by("match_kinds_known"):
        change(giver, giver_class="federal")
    with refused_by("match_answer_paired"):
        make_giver(proposal, "Other Glass", state=MatchState.SIGNED)
    with refused_by("match_uei_shape"):
        change(giver, uei="abc")
    with refused_by("match_name_key_normalized"):
        change(giver, name_key="")
    with refused_by("match_skeleton_key_filled"):
        change(giver, skeleton_key="")
    with refused_by_trigger():
        change(giver, state=MatchState.SIGNED, answered_at=database_now())


def test_seat_limits(competition):
    seat = make_seat(competition)
    with refused_by("panel_seat_one_per_person"):
        make_seat(competition, seat.user)
    other = make_seat(competition)
    with refused_by("panel_seat_alias_once"):
        change(other, alias=seat.alias)
    with refused_by("panel_seat_loads_in_order"):
        change(seat, least_load=9)
    with refused_by("panel_seat_answer_paired"):
        change(seat, answered_at=None)
    with refused_by("panel_seat_end_paired"):
        change(seat, ended_at=database_now())
    with refused_by_trigger():
        change(seat, state="invited", answered_at=None)
    assert PanelSeat.objects.count() == 2


def test_conflict_limits(competition, proposal):
    now = database_now()
    values = {"user": make_user(), "proposal": proposal, "found_at": now, "found_by": "system"}
    hard = ConflictEdge.objects.create(kind="board", is_hard=True, **values)
    waiver = Waiver.objects.create(
        competition=competition, reason="Far away", granted_by="user:2", granted_at=now
    )
    with refused_by("conflict_edge_once"):
        ConflictEdge.objects.create(kind="board", is_hard=True, **values)
    with refused_by("conflict_edge_hard_not_waived"):
        change(hard, waiver=waiver)
    with refused_by("conflict_edge_look_paired"):
        change(hard, looked_at=now)
    with refused_by("conflict_edge_end_paired"):
        change(hard, ended_at=now)
    with refused_by("waiver_has_reason"):
        Waiver.objects.create(
            competition=competition, reason="", granted_by="user:2", granted_at=now
        )
    with refused_by_trigger():
        change(waiver, reason="Another")
    with refused_by_trigger():
        ConflictEdge.objects.filter(pk=hard.pk).delete()


def test_assignment_limits(competition, proposal):
    seat = make_seat(competition)
    row = make_assignment(proposal, seat)
    with refused_by("assignment_once"):
        make_assignment(proposal, seat)
    with refused_by_trigger():
        change(row, state=AssignmentState.LOCKED)
    run = AssignmentRun.objects.create(
        competition=competition,
        asked_by="user:1",
        at=database_now(),
        inputs_digest=DIGEST,
        seed=1,
        result={},
    )
    with refused_by("assignment_run_digest_shaped"):
        AssignmentRun.objects.create(
            competition=competition,
            asked_by="user:1",
            at=database_now(),
            inputs_digest="x",
            seed=1,
            result={},
        )
    with refused_by_trigger():
        change(run, seed=2)
    change(run, chosen_at=database_now())
    assert Assignment.objects.count() == 1


def test_review_limits(competition, proposal):
    review = make_review(make_assignment(proposal, make_seat(competition)))
    with refused_by("review_submitted_before_final"):
        change(review, submitted_at=None)
    score = review.scores.first()
    with refused_by("score_once_per_round"):
        Score.objects.create(review=review, criterion=score.criterion, value=4)
    with refused_by("score_round_known"):
        Score.objects.create(review=review, criterion=score.criterion, value=4, round=3)
    assert Review.objects.count() == 1


def test_a_late_proposal_keeps_its_time(proposal):
    row = make_submission(proposal)
    assert row.recorded_at - row.received_at > timedelta(0)


def _settled(row, **fields):
    """Change and settle deferred constraints inside the guarded block."""
    change(row, **fields)
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
