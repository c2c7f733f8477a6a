"""A reviewer submits, takes back, reads the others', and makes the own review final."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction

from grants.actions.move_assignment import Act, Asked, begin_act, check_own, finish_act
from grants.models import Assignment, Review, ReviewReading, Score
from grants.queries.reviews import (
    criteria_of,
    draft_marks,
    marks_of,
    other_reviews,
    scale_of,
    values_of,
    written_of,
)
from grants.rules.panel_states import AssignmentState
from grants.rules.reviewing import (
    Mark,
    final_refusals,
    others_refusal,
    submit_refusals,
    take_back_refusal,
    widely_scored,
)
from kit.refusals import Refusal, Refused, refuse
from trail.actors import Actor


@transaction.atomic
def submit_review(
    *, actor: Actor, at: datetime, assignment: Assignment, version: int, key: str
) -> Assignment:
    """Submit what is saved: draft scores become scores, the text can be read by the others.

    Args:
        actor: The reviewer.
        at: When.
        assignment: Whose review.
        version: What the reviewer saw; another one is refused, so that nothing unseen is sent.
        key: Of the form.

    Raises:
        Refused: ``stale_text``, or the first of `grants.rules.reviewing.submit_refusals`.
    """
    asked = Asked("submit", key, {"version": version})
    act = begin_act(actor=actor, at=at, assignment=assignment, asked=asked)
    check_own(act)
    if act.is_repeat:
        return act.assignment
    review = _review(act)
    if review.version != version:
        raise refuse("stale_text", "The review was saved in another window since. Reload the page.")
    competition = act.assignment.proposal.competition
    refusals = submit_refusals(written_of(review), criteria_of(competition), scale_of(competition))
    if refusals:
        raise Refused(refusals[0])
    _write_scores(review)
    review.submitted_at = at
    review.save(update_fields=["submitted_at"])
    finish_act(act)
    return act.assignment


@transaction.atomic
def take_back_review(*, actor: Actor, at: datetime, assignment: Assignment, key: str) -> Assignment:
    """Go on writing, as long as nothing of the others was read.

    Raises:
        Refused: ``others_seen``, ``illegal_transition``.
    """
    act = begin_act(actor=actor, at=at, assignment=assignment, asked=Asked("take_back", key))
    check_own(act)
    if act.is_repeat:
        return act.assignment
    review = _review(act)
    refusal = take_back_refusal(has_read_others=review.others_read_at is not None)
    if refusal is not None:
        raise Refused(refusal)
    review.submitted_at = None
    review.save(update_fields=["submitted_at"])
    finish_act(act)
    return act.assignment


@transaction.atomic
def read_others(*, actor: Actor, at: datetime, assignment: Assignment) -> Review:
    """Note that the reviewer opens what the others wrote; the own first scores now stand.

    Raises:
        Refused: ``own_review_first``.
    """
    act = (
        begin_act(actor=actor, at=at, assignment=assignment, asked=Asked("read", within="recuse"))
        if assignment.state != AssignmentState.LOCKED
        else None
    )
    row = act.assignment if act else assignment
    refusal = others_refusal(AssignmentState(row.state))
    if refusal is not None:
        raise Refused(refusal)
    review = Review.objects.get(assignment=row)
    if review.others_read_at is None:
        review.others_read_at = at
        review.save(update_fields=["others_read_at"])
    ReviewReading.objects.create(assignment=row, what="others", read_at=at)
    return review


@transaction.atomic
def finalise_review(
    *,
    actor: Actor,
    at: datetime,
    assignment: Assignment,
    justifications: Mapping[int, str],
    key: str,
) -> Assignment:
    """Make the review final; where the reviewers lie far apart, each says why.

    Justifications are added where none was given; scores stay as they are.

    Raises:
        Refused: ``wide_spread_unjustified``, ``illegal_transition``.
    """
    asked = Asked("finalise", key, {str(pk): text for pk, text in justifications.items()})
    act = begin_act(actor=actor, at=at, assignment=assignment, asked=asked)
    check_own(act)
    if act.is_repeat:
        return act.assignment
    review = _review(act)
    _add_justifications(review, justifications)
    refusals = missing_for_final(act.assignment, review)
    if refusals:
        raise Refused(next(iter(refusals.values())))
    review.finalised_at = at
    review.save(update_fields=["finalised_at"])
    finish_act(act)
    return act.assignment


def missing_for_final(assignment: Assignment, review: Review) -> dict[int, Refusal]:
    """What is still to be justified before the review is final, by criterion."""
    competition = assignment.proposal.competition
    own, _ = marks_of(review)
    others = [values_of(one.first) for one in other_reviews(assignment)]
    wide = widely_scored(values_of(own), others, scale_of(competition))
    return final_refusals(own, wide, criteria_of(competition))


def _review(act: Act) -> Review:
    return Review.objects.select_for_update().get(assignment=act.assignment)


def _write_scores(review: Review) -> None:
    for key, mark in draft_marks(review).items():
        if mark.value is not None:
            Score.objects.update_or_create(
                review=review,
                criterion_id=key,
                round=1,
                defaults={"value": mark.value, "justification": mark.justification.strip()},
            )


def _add_justifications(review: Review, justifications: Mapping[int, str]) -> None:
    own, _ = marks_of(review)
    for key, text in justifications.items():
        if text.strip() and not own.get(key, Mark()).is_justified:
            review.scores.filter(round=1, criterion=key).update(justification=text.strip())
