"""A person's own reviews, for the list and for the page of one's work."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from accounts.models import User
from grants.models import Assignment, PanelSeat
from grants.queries.conflicts import visible_proposals
from grants.rules.panel_states import ASSIGNMENT, AssignmentState, SeatState
from grants.rules.training import TRAINING_LIFE

NEXT_STEP = {
    AssignmentState.RELEASED: "Accept or decline",
    AssignmentState.ACCEPTED: "Write the review",
    AssignmentState.IN_PROGRESS: "Finish the review",
    AssignmentState.SUBMITTED: "Read the others, make it final",
    AssignmentState.FINALISED: "Nothing to do now",
    AssignmentState.RESCORED: "Nothing to do now",
    AssignmentState.LOCKED: "Done",
}
OPEN_STATES = (
    AssignmentState.RELEASED,
    AssignmentState.ACCEPTED,
    AssignmentState.IN_PROGRESS,
    AssignmentState.SUBMITTED,
)


@dataclass(frozen=True, slots=True)
class OwnReview:
    """One review of the reader."""

    assignment: Assignment
    state_words: str
    next_step: str
    is_open: bool
    is_late: bool


def own_reviews(user: User, at: datetime) -> list[OwnReview]:
    """Every review that the person may know of, what is due first; two queries per seat."""
    seats = PanelSeat.objects.filter(
        user=user,
        state=SeatState.ACCEPTED,
        certified_at__isnull=False,
        trained_at__gt=at - timedelta(days=TRAINING_LIFE),
    )
    found: list[OwnReview] = []
    for seat in seats.order_by("pk"):
        rows = Assignment.objects.filter(
            seat=seat,
            suspended_at=None,
            state__in=list(NEXT_STEP),
            proposal__in=visible_proposals(seat),
        ).select_related("proposal__case", "proposal__group", "proposal__competition__case")
        found += [_own(row, at) for row in rows]
    return sorted(found, key=_urgency)


def _own(row: Assignment, at: datetime) -> OwnReview:
    state = AssignmentState(row.state)
    is_open = state in OPEN_STATES
    is_late = is_open and row.due_at is not None and row.due_at <= at
    return OwnReview(row, ASSIGNMENT.labels[state], NEXT_STEP[state], is_open, is_late)


def _urgency(one: OwnReview) -> tuple[bool, float, str]:
    due = one.assignment.due_at.timestamp() if one.assignment.due_at else 0.0
    return not one.is_open, due, one.assignment.reference
