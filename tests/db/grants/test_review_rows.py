"""The database itself keeps what reviewers wrote, and never seats a tied reviewer."""

import pytest

from grants.models import (
    Assignment,
    BoardChange,
    ConflictEdge,
    Discussion,
    DiscussionPost,
    Review,
    ReviewReading,
    Score,
)
from grants.rules.panel_states import AssignmentState
from grants.rules.states import CompetitionState, ProposalState
from grants.rules.terms import EdgeKind
from tests.constraints import refused_by, refused_by_trigger
from tests.factories.grants import (
    make_assignment,
    make_competition,
    make_proposal,
    make_review,
    make_seat,
)
from trail.queries.clock import database_now


@pytest.fixture
def competition():
    return make_competition(CompetitionState.REVIEW)


@pytest.fixture
def proposal(competition):
    return make_proposal(competition, ProposalState.UNDER_REVIEW)


@pytest.fixture
def seat(competition):
    return make_seat(competition)


def tie(seat, proposal, **changes):
    return ConflictEdge.objects.create(
        user=seat.user,
        proposal=proposal,
        **{
            "kind": EdgeKind.OWN_UNIT,
            "is_hard": True,
            "found_at": database_now(),
            "found_by": "system:portal",
            **changes,
        },
    )


@pytest.mark.parametrize(
    "changes", [{}, {"is_hard": False}, {"is_unverified": True}], ids=["hard", "soft", "claimed"]
)
def test_a_tied_reviewer_is_never_put_on_the_proposal(proposal, seat, changes):
    tie(seat, proposal, **changes)
    with refused_by_trigger():
        make_assignment(proposal, seat, AssignmentState.PROPOSED)


def test_a_tie_found_before_the_release_stops_it(proposal, seat):
    row = make_assignment(proposal, seat, AssignmentState.PROPOSED)
    tie(seat, proposal)
    with refused_by_trigger():
        Assignment.objects.filter(pk=row.pk).update(state=AssignmentState.RELEASED)


def test_an_ended_tie_stops_nobody(proposal, seat):
    tie(seat, proposal, ended_at=database_now(), ended_by="user:1")
    assert make_assignment(proposal, seat, AssignmentState.PROPOSED).pk


def test_a_plan_may_be_rubbed_out_a_released_assignment_not(competition, proposal, seat):
    make_assignment(proposal, seat, AssignmentState.PROPOSED).delete()
    row = make_assignment(proposal, seat, AssignmentState.RELEASED)
    with refused_by_trigger():
        row.delete()


def test_a_final_review_and_its_first_scores_stay(proposal, seat):
    review = make_review(make_assignment(proposal, seat, AssignmentState.FINALISED))
    with refused_by_trigger():
        Review.objects.filter(pk=review.pk).update(strengths="Others")
    with refused_by_trigger():
        review.scores.update(value=9)
    with refused_by_trigger():
        review.scores.all().delete()


def test_after_the_lock_there_is_no_new_score(proposal, seat):
    review = make_review(make_assignment(proposal, seat, AssignmentState.LOCKED))
    with refused_by_trigger():
        Score.objects.create(
            review=review, criterion=review.scores.first().criterion, round=2, value=9
        )


def test_others_are_read_after_submitting(proposal, seat):
    row = make_assignment(proposal, seat, AssignmentState.IN_PROGRESS)
    with refused_by("review_own_first"):
        Review.objects.create(assignment=row, others_read_at=database_now())


def test_what_was_read_is_known_and_stays(proposal, seat):
    row = make_assignment(proposal, seat)
    with refused_by("review_reading_known"):
        ReviewReading.objects.create(assignment=row, what="all", read_at=database_now())
    read = ReviewReading.objects.create(assignment=row, what="proposal", read_at=database_now())
    with refused_by_trigger():
        read.delete()


def test_a_change_of_the_board_changes_something_and_stays(competition):
    now = database_now()
    with refused_by("board_change_changes_something"):
        BoardChange.objects.create(competition=competition, changed_by="user:1", changed_at=now)
    change = BoardChange.objects.create(
        competition=competition, changed_by="user:1", changed_at=now, added=[[1, 2]]
    )
    with refused_by_trigger():
        BoardChange.objects.filter(pk=change.pk).update(added=[[1, 3]])


def test_discussions(proposal, seat):
    now = database_now()
    with refused_by("discussion_closed_paired"):
        Discussion.objects.create(
            proposal=proposal, opened_by="user:1", opened_at=now, closed_at=now
        )
    talk = Discussion.objects.create(proposal=proposal, opened_by="user:1", opened_at=now)
    with refused_by("discussion_post_has_text"):
        DiscussionPost.objects.create(discussion=talk, seat=seat, text="", posted_at=now)
    post = DiscussionPost.objects.create(discussion=talk, seat=seat, text="Agreed", posted_at=now)
    with refused_by_trigger():
        DiscussionPost.objects.filter(pk=post.pk).update(text="Not agreed")
