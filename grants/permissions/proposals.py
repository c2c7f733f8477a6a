"""Who may open a proposal: the seats of its group; for others it does not exist."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpRequest

from accounts.actors import person_of
from accounts.gates import NOBODY_KNOWS
from certification.models import GroupSeat
from certification.rules.groups import SeatRole
from certification.rules.submission import Person
from grants.models import Competition, Proposal
from kit.refusals import Refusal

ONLY_REPRESENTATIVES = Refusal(
    "not_representative",
    "Only an authorized representative of the group may do this. "
    "Ask one of them; they are listed under Team.",
)


@dataclass(frozen=True, slots=True)
class OpenedProposal:
    """A proposal and the seat that the reader holds in its group."""

    proposal: Proposal
    seat: SeatRole
    reader: str

    @property
    def person(self) -> Person:
        """The reader as the rules of submission see them."""
        return Person(self.reader, self.seat)


def opened_proposal(request: HttpRequest, reference: str) -> OpenedProposal | None:
    """Return the proposal for somebody with a seat, read once per request."""
    held: dict[str, OpenedProposal | None] = request.__dict__.setdefault("_opened_proposals", {})
    if reference not in held:
        held[reference] = _open(request, reference)
    return held[reference]


def proposal_for(request: HttpRequest, reference: str) -> OpenedProposal:
    """Return what the gate has let the reader open.

    Raises:
        LookupError: the view's gate did not ask first (a programming error).
    """
    opened = opened_proposal(request, reference)
    if opened is None:
        raise LookupError(reference)
    return opened


def reads_proposal(request: HttpRequest, proposal: str, **_route: object) -> Refusal | None:
    """Let everybody with a seat in the group pass."""
    return None if opened_proposal(request, proposal) else NOBODY_KNOWS


def represents_proposal(request: HttpRequest, proposal: str, **_route: object) -> Refusal | None:
    """Let authorized representatives pass; other seats learn who may."""
    opened = opened_proposal(request, proposal)
    if opened is None:
        return NOBODY_KNOWS
    if opened.seat is SeatRole.AUTHORIZED_REPRESENTATIVE:
        return None
    return ONLY_REPRESENTATIVES


def sees_competition(
    request: HttpRequest,  # noqa: ARG001 - a gate's signature
    competition: str,
    **_route: object,
) -> Refusal | None:
    """Let everybody with an account pass to a competition that was opened; nobody to others."""
    found = Competition.objects.opened().filter(case__reference=competition)
    return None if found.exists() else NOBODY_KNOWS


def _open(request: HttpRequest, reference: str) -> OpenedProposal | None:
    proposal = (
        Proposal.objects.select_related(
            "case",
            "group__case",
            "competition__case",
            "competition__agency",
            "designation__case",
            "certified_by",
            "counting",
        )
        .filter(case__reference=reference)
        .first()
    )
    if proposal is None:
        return None
    seats = GroupSeat.objects.filter(
        group_id=proposal.group_id, user=person_of(request), until=None
    )
    role = seats.values_list("role", flat=True).first()
    if role is None:
        return None
    return OpenedProposal(proposal, SeatRole(role), f"user:{request.user.pk}")
