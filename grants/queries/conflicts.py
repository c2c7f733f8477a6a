"""What conflicts hide: which person may not know of which proposal (programme.md 3.3).

A tie bars when it has not ended and no waiver lets it stand. A tie found on an address that nobody
proved bars too until a conflict officer has looked, but not what was under way before it was
found: nobody ends a review by typing an address.
"""

from __future__ import annotations

from django.db.models import Exists, OuterRef, Q, QuerySet

from accounts.models import User
from grants.models import Assignment, Competition, ConflictEdge, PanelSeat, Proposal
from grants.rules.panel_states import LIVE_ASSIGNMENT, AssignmentState
from grants.rules.states import ProposalState

BARRING = Q(ended_at=None, waiver=None)
UNPROVED = Q(is_unverified=True, looked_at=None)
# What a panel may read at all; what is being written, not eligible or withdrawn is not for it.
FOR_PANELS = (
    ProposalState.UNDER_REVIEW,
    ProposalState.DISCUSSED,
    ProposalState.NOT_DISCUSSED,
    ProposalState.RECOMMENDED,
    ProposalState.RESERVE,
    ProposalState.NOT_RECOMMENDED,
    ProposalState.SELECTED,
    ProposalState.NOT_SELECTED,
)
# A proposed assignment is hidden and may still be dropped: it is not under way.
UNDER_WAY = sorted(LIVE_ASSIGNMENT - {AssignmentState.PROPOSED})


def barred_pairs(competition: Competition) -> frozenset[tuple[int, int]]:
    """Return (seat key, proposal key) of every pair that no new assignment may join."""
    edges = ConflictEdge.objects.filter(BARRING, proposal__competition=competition)
    barred: dict[int, set[int]] = {}
    for user, proposal in edges.values_list("user_id", "proposal_id"):
        barred.setdefault(user, set()).add(proposal)
    seats = competition.seats.filter(user_id__in=barred).values_list("pk", "user_id")
    return frozenset((seat, proposal) for seat, user in seats for proposal in barred[user])


def is_barred(user: User, proposal: Proposal) -> bool:
    """Whether the proposal must not exist for this person."""
    edges = ConflictEdge.objects.filter(BARRING, user=user, proposal=proposal)
    return edges.exclude(UNPROVED & Exists(_under_way(user.pk))).exists()


def visible_proposals(seat: PanelSeat) -> QuerySet[Proposal]:
    """Return the proposals in review whose existence this seat may know of.

    Every list, count, search and file made for a panel starts here. Which of them the person may
    open is asked by ``permissions.panels.read_as_panel``.
    """
    edges = ConflictEdge.objects.filter(BARRING, user=seat.user_id, proposal=OuterRef("pk"))
    barring = edges.exclude(UNPROVED & Exists(_under_way(seat.user_id)))
    rows = Proposal.objects.filter(competition=seat.competition_id, state__in=FOR_PANELS)
    return rows.filter(~Exists(barring))


def _under_way(user: int) -> QuerySet[Assignment]:
    rows = Assignment.objects.filter(
        proposal=OuterRef("proposal"), seat__user=user, state__in=UNDER_WAY, suspended_at=None
    )
    return rows.filter(assigned_at__lte=OuterRef("found_at"))
