"""The cases of an agency in the order in which they are due."""

from __future__ import annotations

from collections.abc import Collection

from django.db.models import F, OuterRef, Q, QuerySet, Subquery

from certification.models import Application
from certification.rules.clocks import Clock
from certification.rules.staff_queue import TURN_STATES, QueueFilter, QueueSort, Turn
from certification.rules.states import LIVE
from records.models import Deadline

COLUMNS = {
    QueueSort.DUE: "due_at",
    QueueSort.SUBMITTED: "submitted_at",
    QueueSort.GROUP: "group__name",
    QueueSort.STATE: "state",
}


def staff_queue(agencies: Collection[int], asked: QueueFilter) -> QuerySet[Application]:
    """Submitted applications, each with ``due_at`` of its nearest running clock."""
    states = TURN_STATES[asked.turn] if asked.turn else LIVE
    rows = Application.objects.filter(
        agency_id__in=agencies, submitted_at__isnull=False, state__in=states
    )
    if asked.search:
        rows = rows.filter(
            Q(group__name__icontains=asked.search)
            | Q(cluster_name__icontains=asked.search)
            | Q(region_name__icontains=asked.search)
            | Q(case__reference__icontains=asked.search)
        )
    column = F(COLUMNS[asked.sort])
    order = column.desc(nulls_last=True) if asked.is_descending else column.asc(nulls_last=True)
    rows = rows.annotate(due_at=Subquery(_nearest_clock()))
    return rows.select_related("case", "group", "agency").order_by(order, "pk")


def turn_counts(agencies: Collection[int]) -> dict[Turn, int]:
    """How many cases wait for whom."""
    states = Application.objects.filter(agency_id__in=agencies, submitted_at__isnull=False)
    held = list(states.values_list("state", flat=True))
    return {turn: sum(state in TURN_STATES[turn] for state in held) for turn in Turn}


def _nearest_clock() -> QuerySet[Deadline, object]:
    """Clocks that ran out stay until their stage ends: they come first."""
    rows = Deadline.objects.filter(
        case=OuterRef("case"), kind__in=[clock.value for clock in Clock], met_at=None
    )
    return rows.order_by("due_at").values("due_at")[:1]
