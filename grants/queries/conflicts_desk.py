"""The ties of a competition as conflict officers see them."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Q, QuerySet

from grants.models import Assignment, Competition, ConflictEdge
from grants.queries.conflicts import BARRING, UNPROVED

SHOWN = {
    "": Q(ended_at=None),
    "look": Q(ended_at=None) & UNPROVED,
    "soft": Q(ended_at=None, is_hard=False, waiver=None),
    "waived": Q(ended_at=None, waiver__isnull=False),
    "hard": Q(ended_at=None, is_hard=True),
    "ended": Q(ended_at__isnull=False),
}
ORDERS = {
    "person": "user__name",
    "proposal": "proposal__title",
    "kind": "kind",
    "found": "found_at",
}


@dataclass(frozen=True, slots=True)
class DeskFilter:
    """What an officer asked of the desk."""

    search: str = ""
    waits: str = ""
    kind: str = ""
    source: str = ""
    sort: str = "-found"


def desk_edges(competition: Competition, asked: DeskFilter) -> QuerySet[ConflictEdge]:
    """Return the ties that fit, in the order asked for."""
    rows = ConflictEdge.objects.filter(proposal__competition=competition)
    rows = rows.filter(SHOWN.get(asked.waits, SHOWN[""]))
    if asked.kind:
        rows = rows.filter(kind=asked.kind)
    if asked.source:
        rows = rows.filter(source=asked.source)
    if asked.search:
        rows = rows.filter(
            Q(user__name__icontains=asked.search)
            | Q(user__email__icontains=asked.search)
            | Q(proposal__title__icontains=asked.search)
            | Q(proposal__group__name__icontains=asked.search)
            | Q(proposal__case__reference__icontains=asked.search)
        )
    sign = "-" if asked.sort.startswith("-") else ""
    order = sign + ORDERS.get(asked.sort.removeprefix("-"), "found_at")
    shown = rows.select_related("user", "proposal__case", "proposal__group", "waiver")
    return shown.order_by(order, "pk")


def desk_counts(competition: Competition) -> dict[str, int]:
    """How many ties wait for what."""
    rows = ConflictEdge.objects.filter(proposal__competition=competition)
    return {name: rows.filter(SHOWN[name]).count() for name in ("look", "soft", "hard", "waived")}


def suspended_reviews(competition: Competition) -> QuerySet[Assignment]:
    """Assignments that a tie has stopped."""
    rows = Assignment.objects.filter(proposal__competition=competition)
    return rows.exclude(suspended_at=None).select_related("seat__user", "proposal__case")


def is_still_barred(user: int, proposal: int) -> bool:
    """Whether any tie bars the pair."""
    return ConflictEdge.objects.filter(BARRING, user_id=user, proposal_id=proposal).exists()
