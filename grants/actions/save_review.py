"""Save what a reviewer writes; two tabs never overwrite one another unseen."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction

from grants.actions.move_assignment import Act, Asked, begin_act, check_own, finish_act
from grants.models import Assignment, Review
from grants.rules.panel_states import AssignmentState
from grants.rules.reviewing import LOCKED
from kit.refusals import Refusal, Refused
from trail.actors import Actor

TEXTS = ("strengths", "weaknesses", "capacity_reason", "note_to_chair")


@dataclass(frozen=True, slots=True)
class Drafted:
    """What stands in the form, unfinished or not, and the version from which it was written.

    ``marks`` holds value and justification by the criterion's key, as text.
    """

    marks: Mapping[str, Mapping[str, Any]]
    texts: Mapping[str, str]
    has_capacity: bool | None
    version: int


class StaleReview(Refused):
    """The review was saved elsewhere since, in another tab perhaps; carries what is saved."""

    def __init__(self, saved: Review) -> None:
        super().__init__(
            Refusal(
                "stale_text",
                "This review was saved in another window while you were writing. Nothing is lost: "
                "compare the two and choose.",
            )
        )
        self.saved = saved


@transaction.atomic
def save_review(*, actor: Actor, at: datetime, assignment: Assignment, drafted: Drafted) -> Review:
    """Store the review as it stands and raise its version; the first save starts the work.

    The same words sent again are no new version. Saving leaves no entry on the trail.

    Raises:
        StaleReview: it was saved since ``drafted.version``.
        Refused: ``scores_locked``, ``on_hold``, ``illegal_transition`` once it is submitted.
    """
    act = _begin(actor, at, assignment)
    review, _ = Review.objects.get_or_create(assignment=act.assignment)
    values = _values(drafted)
    if all(getattr(review, name) == value for name, value in values.items()):
        return review
    if review.version != drafted.version:
        raise StaleReview(review)
    for name, value in values.items():
        setattr(review, name, value)
    review.version, review.saved_at = review.version + 1, at
    review.save(update_fields=[*values, "version", "saved_at"])
    return review


def _begin(actor: Actor, at: datetime, assignment: Assignment) -> Act:
    if Assignment.objects.filter(pk=assignment.pk, state=AssignmentState.LOCKED).exists():
        raise Refused(LOCKED)
    asked = Asked("save", within="submit")
    if Assignment.objects.filter(pk=assignment.pk, state=AssignmentState.ACCEPTED).exists():
        begun = begin_act(actor=actor, at=at, assignment=assignment, asked=Asked("start"))
        check_own(begun)
        finish_act(begun)
    act = begin_act(actor=actor, at=at, assignment=assignment, asked=asked)
    check_own(act)
    return act


def _values(drafted: Drafted) -> dict[str, Any]:
    texts = {name: drafted.texts.get(name, "") for name in TEXTS}
    marks = {key: dict(mark) for key, mark in drafted.marks.items()}
    return {**texts, "draft": marks, "has_capacity": drafted.has_capacity}
