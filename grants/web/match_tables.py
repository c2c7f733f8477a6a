"""The lists of contributions: columns and cells, for the group and for officers."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping

from django.urls import reverse

from accounts.web.tables import Empty
from grants.models import Contribution
from grants.rules.match.states import (
    CONTRIBUTION,
    CONTRIBUTION_KIND_WORDS,
    ContributionKind,
    ContributionState,
)
from kit.tables import Cell, Column, Kind, Table

COLUMNS = (
    Column("what", "Contribution", is_sortable=True, is_title=True),
    Column("giver", "Giver", is_sortable=True),
    Column("kind", "Kind", is_sortable=True),
    Column("given", "Given", is_sortable=True),
    Column("amount", "Worth", is_sortable=True, is_numeric=True),
    Column("state", "Stands at", is_sortable=True),
    Column("category", "Budget line", is_extra=True),
    Column("paper", "Paper", is_extra=True),
    Column("reference", "Reference", is_extra=True),
    Column("recorded", "Recorded", is_sortable=True, is_extra=True),
)
OWN = Table("grants.match", COLUMNS, default_sort="-recorded", noun="contributions")
QUEUE = Table(
    "grants.match_queue",
    (COLUMNS[0], Column("award", "Award", is_sortable=True), *COLUMNS[1:]),
    default_sort="recorded",
    noun="contributions",
)
NOTHING_YET = Empty(
    "No contribution fits",
    "Record what a giver gave; its evidence and the giver's word make it count.",
    icon="folder_open",
)
NOTHING_WAITS = Empty(
    "No contribution fits",
    "What groups submit for verification appears here, the oldest first.",
    icon="check_circle",
)
NOTHING_RECORDED = Empty(
    "No contribution fits", "What the group records appears here.", icon="folder_open"
)
TONES = {
    ContributionState.VERIFIED: "good",
    ContributionState.REJECTED: "bad",
    ContributionState.DISALLOWED: "bad",
    ContributionState.QUERIED: "turn",
    ContributionState.SUBMITTED: "info",
    ContributionState.WITHDRAWN: "quiet",
}
Cells = Iterator[Mapping[str, Cell]]


def own_cells(rows: Iterable[Contribution]) -> Cells:
    """Cells as the group reads them."""
    return _cells(
        rows,
        lambda row: reverse("grants:match_contribution", args=[row.award.reference, row.reference]),
    )


def queue_cells(rows: Iterable[Contribution]) -> Cells:
    """Cells as officers read them."""
    return _cells(rows, lambda row: reverse("grants:staff_contribution", args=[row.reference]))


def _cells(rows: Iterable[Contribution], address: Callable[[Contribution], str]) -> Cells:
    for row in rows:
        state = row.status
        yield {
            "what": Cell(row.description, address(row)),
            "award": Cell(row.award.title, notes=(row.award.number,)),
            "giver": Cell(row.pledge.giver_name),
            "kind": Cell(CONTRIBUTION_KIND_WORDS[ContributionKind(row.kind)]),
            "given": Cell(value=row.given_from, kind=Kind.DAY),
            "amount": Cell(value=row.amount, kind=Kind.MONEY),
            "state": Cell(CONTRIBUTION.labels[state], tone=TONES.get(state, "")),
            "category": Cell(row.get_category_display()),
            "paper": Cell(f"{row.source.get_kind_display().partition(':')[0]} {row.source.number}"),
            "reference": Cell(row.reference),
            "recorded": Cell(value=row.recorded_at, kind=Kind.DAY),
        }
