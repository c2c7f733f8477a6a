"""Which scores of a panel count."""

from grants.models import ConflictEdge, Score, Waiver
from grants.queries.panel_scores import Stage, criterion_scores, panel_scores, scored_reviews
from grants.rules.panel_states import AssignmentState
from grants.rules.states import CompetitionState, ProposalState
from grants.rules.terms import EdgeKind
from tests.factories.grants import (
    make_assignment,
    make_competition,
    make_proposal,
    make_review,
    make_seat,
)
from trail.queries.clock import database_now


def scene(proposals=2, seats=2, state=AssignmentState.FINALISED):
    competition = make_competition(CompetitionState.REVIEW)
    rows = [make_proposal(competition, ProposalState.UNDER_REVIEW) for _ in range(proposals)]
    panel = [make_seat(competition) for _ in range(seats)]
    made = [make_assignment(row, seat, state) for row in rows for seat in panel]
    for one in made:
        make_review(one, [6, 5, 4])
    return competition, made


def tie(assignment, **changes):
    return ConflictEdge.objects.create(
        user=assignment.seat.user,
        proposal=assignment.proposal,
        **{
            "kind": EdgeKind.OWN_UNIT,
            "is_hard": True,
            "found_at": database_now(),
            "found_by": "system:portal",
            **changes,
        },
    )


def test_weighted_scores_of_final_reviews():
    competition, made = scene(1, 1)
    (score,) = panel_scores(competition)
    assert score.proposal == made[0].proposal.case.reference
    assert score.reviewer == made[0].seat.alias
    # 40 % of 6, 35 % of 5, 25 % of 4
    assert score.value == 5.15


def test_reviews_that_are_not_final_do_not_count():
    competition, _ = scene(state=AssignmentState.SUBMITTED)
    assert panel_scores(competition) == []


def test_suspended_reviews_do_not_count():
    competition, made = scene()
    made[0].suspended_at = database_now()
    made[0].save(update_fields=["suspended_at"])
    assert len(panel_scores(competition)) == 3


def test_reviews_of_tied_reviewers_do_not_count_but_a_mere_claim_knocks_nobody_out():
    competition, made = scene()
    tie(made[0])
    tie(made[1], is_unverified=True)
    waiver = Waiver.objects.create(
        competition=competition, reason="Far away", granted_by="user:1", granted_at=database_now()
    )
    tie(made[2], is_hard=False, waiver=waiver)
    assert len(panel_scores(competition)) == 3


def test_scores_after_the_discussion_are_kept_apart():
    competition, made = scene(1, 1, AssignmentState.RESCORED)
    first = competition.criteria.first()
    Score.objects.create(review=made[0].review, criterion=first, round=2, value=9)
    assert panel_scores(competition, Stage.FIRST)[0].value == 5.15
    assert panel_scores(competition)[0].value == 6.35
    assert [one.value for one in criterion_scores(competition)[first.pk]] == [9]
    assert scored_reviews(competition)[0].after == {first.pk: 9}


def test_the_number_of_queries_does_not_grow(django_assert_num_queries):
    for size in (1, 3):
        competition, _ = scene(size, size)
        with django_assert_num_queries(3):
            assert len(panel_scores(competition)) == size * size
