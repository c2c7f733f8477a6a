"""The competitions of an agency's desk."""

from __future__ import annotations

from collections.abc import Collection
from enum import StrEnum

from django.db.models import F, Q, QuerySet

from grants.models import Competition
from grants.rules.states import CompetitionState

_S = CompetitionState


class Stage(StrEnum):
    """Which part of the list is wanted."""

    PREPARING = "preparing"
    OPEN = "open"
    JUDGING = "judging"
    ENDED = "ended"


STAGE_WORDS = {
    Stage.PREPARING: "In preparation",
    Stage.OPEN: "Open",
    Stage.JUDGING: "Being judged",
    Stage.ENDED: "Decided or cancelled",
}
STAGE_STATES = {
    Stage.PREPARING: (_S.DRAFT, _S.CLEARANCE, _S.SCHEDULED),
    Stage.OPEN: (_S.OPEN,),
    Stage.JUDGING: (_S.CLOSED, _S.SCREENING, _S.REVIEW, _S.PANEL, _S.SELECTION),
    Stage.ENDED: (_S.ANNOUNCED, _S.ARCHIVED, _S.CANCELLED),
}
COLUMNS = {"title": "title", "state": "state", "opens": "opens_at", "closes": "closes_at"}


def staff_competitions(
    agencies: Collection[int], *, search: str = "", stage: Stage | None = None, sort: str = "closes"
) -> QuerySet[Competition]:
    """Return the competitions of these agencies in the wanted order; "-" before it turns it."""
    rows = Competition.objects.filter(agency_id__in=agencies).select_related("case", "agency")
    if stage is not None:
        rows = rows.filter(state__in=STAGE_STATES[stage])
    if search:
        rows = rows.filter(
            Q(title__icontains=search)
            | Q(opportunity_number__icontains=search)
            | Q(case__reference__iexact=search)
        )
    column = F(COLUMNS[sort.removeprefix("-")])
    turned = sort.startswith("-")
    order = column.desc(nulls_last=True) if turned else column.asc(nulls_last=True)
    return rows.order_by(order, "pk")


def stage_counts(agencies: Collection[int]) -> dict[Stage, int]:
    """How many competitions stand where."""
    states = list(
        Competition.objects.filter(agency_id__in=agencies).values_list("state", flat=True)
    )
    return {stage: sum(one in STAGE_STATES[stage] for one in states) for stage in Stage}
