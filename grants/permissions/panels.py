"""Who may read as a reviewer or chair; for everybody else the object does not exist.

Nothing here says why not: a sentence about a conflict would tell that there is a proposal.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from django.http import HttpRequest

from accounts.actors import arrival_of, person_of
from accounts.gates import NOBODY_KNOWS
from accounts.queries.people import has_second_step
from grants.models import Assignment, PanelSeat, Proposal
from grants.queries.conflicts import UNDER_WAY, visible_proposals
from grants.rules.panel_states import SeatState
from grants.rules.terms import PanelRole
from grants.rules.training import TRAINING_LIFE
from kit.refusals import Refusal

NEEDS_SECOND_STEP = Refusal(
    "second_step_missing",
    "Reviewers and chairs confirm their sign-in with an authenticator app or a passkey. "
    "Set one up under your profile, then come back to this page.",
)


def open_seat(request: HttpRequest, reference: str) -> PanelSeat | None:
    """Return the reader's own seat of this reference while it stands, read once per request."""
    held: dict[str, PanelSeat | None] = request.__dict__.setdefault("_open_seats", {})
    if reference not in held:
        rows = PanelSeat.objects.filter(
            reference=reference,
            user=person_of(request),
            state__in=[SeatState.INVITED, SeatState.ACCEPTED],
        )
        held[reference] = rows.select_related("competition__case", "competition__agency").first()
    return held[reference]


def seat_for(request: HttpRequest, reference: str) -> PanelSeat:
    """Return the seat that the gate has let the reader open.

    Raises:
        LookupError: the view's gate did not ask first (a programming error).
    """
    seat = open_seat(request, reference)
    if seat is None:
        raise LookupError(reference)
    return seat


def holds_seat(request: HttpRequest, seat: str, **_route: object) -> Refusal | None:
    """Let the holder of the seat pass, once a second sign-in step is set up."""
    if open_seat(request, seat) is None:
        return NOBODY_KNOWS
    return None if has_second_step(person_of(request)) else NEEDS_SECOND_STEP


def reviews_somewhere(request: HttpRequest, **_route: object) -> Refusal | None:
    """Let everybody pass who has or had a seat of a panel."""
    seats = PanelSeat.objects.filter(user=person_of(request))
    return None if seats.exists() else NOBODY_KNOWS


def may_read(seat: PanelSeat, at: datetime) -> bool:
    """Whether the seat may read proposals at all: accepted, certified, trained within a year."""
    return (
        seat.state == SeatState.ACCEPTED and seat.certified_at is not None and is_trained(seat, at)
    )


def is_trained(seat: PanelSeat, at: datetime) -> bool:
    """Whether the training still counts."""
    return seat.trained_at is not None and seat.trained_at > at - timedelta(days=TRAINING_LIFE)


def read_as_panel(request: HttpRequest, proposal: str, **_route: object) -> Refusal | None:
    """Let a reviewer pass to what is assigned to them, a chair to what no tie hides.

    Barred, uncertified, untrained, not assigned, suspended: the proposal does not exist.
    """
    row = Proposal.objects.filter(case__reference=proposal).first()
    seat = None if row is None else _seat_at(request, row)
    if row is None or seat is None or not has_second_step(person_of(request)):
        return NOBODY_KNOWS
    if not may_read(seat, arrival_of(request)):
        return NOBODY_KNOWS
    if not visible_proposals(seat).filter(pk=row.pk).exists():
        return NOBODY_KNOWS
    if seat.role == PanelRole.CHAIR or _is_assigned(seat, row):
        return None
    return NOBODY_KNOWS


def _seat_at(request: HttpRequest, proposal: Proposal) -> PanelSeat | None:
    rows = PanelSeat.objects.filter(
        competition=proposal.competition_id, user=person_of(request), state=SeatState.ACCEPTED
    )
    return rows.first()


def _is_assigned(seat: PanelSeat, proposal: Proposal) -> bool:
    rows = Assignment.objects.filter(seat=seat, proposal=proposal, suspended_at=None)
    return rows.filter(state__in=UNDER_WAY).exists()
