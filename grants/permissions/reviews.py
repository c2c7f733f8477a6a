"""Who may open a review, and who works on the assignment board; for others neither exists."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpRequest

from accounts.actors import arrival_of, person_of
from accounts.gates import NOBODY_KNOWS
from accounts.queries.officers import holds_role
from accounts.queries.people import has_second_step
from accounts.rules.roles import AgencyRoleKind
from grants.models import Assignment, Competition, PanelSeat, Proposal
from grants.permissions.competitions import opened_competition
from grants.permissions.panels import may_read
from grants.queries.conflicts import visible_proposals
from grants.rules.panel_states import AssignmentState, SeatState
from grants.rules.reviewing import LOCKED
from grants.rules.terms import PanelRole
from kit.refusals import Refusal

SHOWN = (
    AssignmentState.RELEASED,
    AssignmentState.ACCEPTED,
    AssignmentState.IN_PROGRESS,
    AssignmentState.SUBMITTED,
    AssignmentState.FINALISED,
    AssignmentState.RESCORED,
    AssignmentState.LOCKED,
)
ACCEPT_FIRST = Refusal(
    "accept_first", "Accept the review first. You read the proposal from then on."
)
ONLY_CHAIR = Refusal(
    "not_chair",
    "Only the panel's chair or a programme officer of the agency changes the assignment.",
)

ONLY_THE_CHAIR = Refusal(
    "not_chair", "Only the panel's chair reads the reviews and leads the discussion."
)


@dataclass(frozen=True, slots=True)
class OpenedBoard:
    """A board as one reader sees it.

    Attributes:
        competition: Whose board.
        seat: The reader's seat as chair; None for officers.
        hidden: Keys of proposals that do not exist for the reader.
        works: Whether the reader may change it.
    """

    competition: Competition
    seat: PanelSeat | None
    hidden: frozenset[int]
    works: bool


def opened_review(request: HttpRequest, reference: str) -> Assignment | None:
    """Return the reader's own assignment while it may be read, once per request."""
    held: dict[str, Assignment | None] = request.__dict__.setdefault("_opened_reviews", {})
    if reference not in held:
        held[reference] = _open_review(request, reference)
    return held[reference]


def review_for(request: HttpRequest, reference: str) -> Assignment:
    """Return what the gate has let the reader open.

    Raises:
        LookupError: the view's gate did not ask first (a programming error).
    """
    row = opened_review(request, reference)
    if row is None:
        raise LookupError(reference)
    return row


def holds_assignment(request: HttpRequest, assignment: str, **_route: object) -> Refusal | None:
    """Let the reviewer pass whose assignment it is, unless a conflict hides it."""
    return None if opened_review(request, assignment) else NOBODY_KNOWS


def reads_for_review(request: HttpRequest, assignment: str, **_route: object) -> Refusal | None:
    """Let the reviewer pass once the assignment is accepted."""
    row = opened_review(request, assignment)
    if row is None:
        return NOBODY_KNOWS
    return ACCEPT_FIRST if row.state == AssignmentState.RELEASED else None


def writes_review(request: HttpRequest, assignment: str, **_route: object) -> Refusal | None:
    """Let the reviewer pass while the scores are not locked."""
    refusal = reads_for_review(request, assignment)
    if refusal is not None:
        return refusal
    state = review_for(request, assignment).state
    return LOCKED if state == AssignmentState.LOCKED else None


def opened_board(request: HttpRequest, reference: str) -> OpenedBoard | None:
    """Return the board for a chair or an officer of the agency, once per request."""
    held: dict[str, OpenedBoard | None] = request.__dict__.setdefault("_opened_boards", {})
    if reference not in held:
        held[reference] = _open_board(request, reference)
    return held[reference]


def board_for(request: HttpRequest, reference: str) -> OpenedBoard:
    """Return what the gate has let the reader open.

    Raises:
        LookupError: the view's gate did not ask first (a programming error).
    """
    board = opened_board(request, reference)
    if board is None:
        raise LookupError(reference)
    return board


def reads_board(request: HttpRequest, competition: str, **_route: object) -> Refusal | None:
    """Let chairs of the panel and officers of the agency pass."""
    return None if opened_board(request, competition) else NOBODY_KNOWS


def works_on_board(request: HttpRequest, competition: str, **_route: object) -> Refusal | None:
    """Let chairs and programme officers pass; other officers learn who assigns."""
    board = opened_board(request, competition)
    if board is None:
        return NOBODY_KNOWS
    return None if board.works else ONLY_CHAIR


def leads_panel(request: HttpRequest, competition: str, **_route: object) -> Refusal | None:
    """Let the chair pass: what reviewers wrote is the panel's own until it is decided."""
    board = opened_board(request, competition)
    if board is None:
        return NOBODY_KNOWS
    return None if board.seat is not None else ONLY_THE_CHAIR


def _open_review(request: HttpRequest, reference: str) -> Assignment | None:
    person = person_of(request)
    rows = Assignment.objects.filter(
        reference=reference,
        seat__user=person,
        seat__state=SeatState.ACCEPTED,
        suspended_at=None,
        state__in=SHOWN,
    )
    row = rows.select_related(
        "seat__user",
        "proposal__case",
        "proposal__counting",
        "proposal__group__case",
        "proposal__competition__case",
        "proposal__competition__agency",
    ).first()
    if row is None or not has_second_step(person) or not may_read(row.seat, arrival_of(request)):
        return None
    return row if visible_proposals(row.seat).filter(pk=row.proposal_id).exists() else None


def _open_board(request: HttpRequest, reference: str) -> OpenedBoard | None:
    person = person_of(request)
    seats = PanelSeat.objects.filter(
        competition__case__reference=reference, user=person, state=SeatState.ACCEPTED
    )
    seat = seats.select_related("competition__case", "competition__agency").first()
    if seat is not None:
        return _for_chair(request, seat)
    competition = opened_competition(request, reference)
    if competition is None:
        return None
    works = holds_role(request, AgencyRoleKind.PROGRAMME_OFFICER, agency=competition.agency_id)
    return OpenedBoard(competition, None, frozenset(), works)


def _for_chair(request: HttpRequest, seat: PanelSeat) -> OpenedBoard | None:
    """A reviewer sees no board, whatever else the person is; a chair no proposal that is tied."""
    is_ready = has_second_step(person_of(request)) and may_read(seat, arrival_of(request))
    if seat.role != PanelRole.CHAIR or not is_ready:
        return None
    everything = Proposal.objects.filter(competition=seat.competition_id)
    seen = visible_proposals(seat).values("pk")
    hidden = frozenset(everything.exclude(pk__in=seen).values_list("pk", flat=True))
    return OpenedBoard(seat.competition, seat, hidden, works=True)
