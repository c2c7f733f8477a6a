"""A review as the rules of reviewing read it, and what the others of the proposal wrote."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

from grants.models import Assignment, Competition, Discussion, Review, Score
from grants.rules.panel_states import AssignmentState
from grants.rules.reviewing import Mark, Scale, Weighted, Written

DONE = (
    AssignmentState.SUBMITTED,
    AssignmentState.FINALISED,
    AssignmentState.RESCORED,
    AssignmentState.LOCKED,
)


@dataclass(frozen=True, slots=True)
class OtherReview:
    """What somebody else wrote, under the alias of the seat."""

    alias: str
    review: Review
    first: Mapping[int, Mark]
    after: Mapping[int, Mark]


def scale_of(competition: Competition) -> Scale:
    """The scale of a competition."""
    return Scale(competition.score_low, competition.score_high)


def draft_marks(review: Review) -> dict[int, Mark]:
    """What is being written, by criterion."""
    return {
        int(key): Mark(mark.get("value"), str(mark.get("justification", "")))
        for key, mark in review.draft.items()
    }


def written_of(review: Review) -> Written:
    """The whole draft."""
    return Written(
        draft_marks(review),
        review.strengths,
        review.weaknesses,
        review.has_capacity,
        review.capacity_reason,
    )


def marks_of(review: Review) -> tuple[dict[int, Mark], dict[int, Mark]]:
    """What was given: first scores, and those after the discussion."""
    rounds: dict[int, dict[int, Mark]] = {1: {}, 2: {}}
    for score in Score.objects.filter(review=review):
        rounds[score.round][score.criterion_id] = Mark(score.value, score.justification)
    return rounds[1], rounds[2]


def other_reviews(assignment: Assignment) -> list[OtherReview]:
    """The submitted reviews of the same proposal, without those on hold; two queries."""
    rows = Review.objects.filter(
        assignment__proposal=assignment.proposal_id,
        assignment__state__in=DONE,
        assignment__suspended_at=None,
    ).exclude(assignment=assignment.pk)
    reviews = list(rows.select_related("assignment__seat").order_by("assignment__seat__alias"))
    given: dict[tuple[int, int], dict[int, Mark]] = defaultdict(dict)
    for score in Score.objects.filter(review__in=reviews):
        mark = Mark(score.value, score.justification)
        given[score.review_id, score.round][score.criterion_id] = mark
    return [
        OtherReview(one.assignment.seat.alias, one, given[one.pk, 1], given[one.pk, 2])
        for one in reviews
    ]


def values_of(marks: Mapping[int, Mark]) -> dict[int, int]:
    """The bare scores."""
    return {key: mark.value for key, mark in marks.items() if mark.value is not None}


def discussion_of(proposal: int) -> Discussion | None:
    """The discussion of a proposal, open or closed."""
    return Discussion.objects.filter(proposal=proposal).first()


def criteria_of(competition: Competition) -> list[Weighted]:
    """The criteria as rules read them."""
    rows = competition.criteria.order_by("position").values_list("pk", "name", "weight")
    return [Weighted(*row) for row in rows]
