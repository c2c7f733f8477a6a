"""The desk of awards, and the page of one of them, as officers read it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse

from accounts.actors import person_of
from accounts.gates import gate
from accounts.web.tables import Empty, Frame, export_links, opens_with_own_view, shown_table
from grants.forms.awards import AwardsForm
from grants.models import Award
from grants.permissions.awards import (
    agencies_of_awards,
    is_award_staff,
    reads_award,
    staff_award_for,
)
from grants.queries.awards import awards_of_agencies, budget_of
from grants.rules.award_states import AWARD
from grants.web.award_pages import TONES, staff_award_page
from kit.tables import Cell, Column, Kind, Table
from records.web.table_exports import FORMATS, asked_format, export_table

DESK = Table(
    "grants.awards",
    (
        Column("title", "Award", is_sortable=True, is_title=True),
        Column("group", "Group", is_sortable=True),
        Column("state", "Stands at", is_sortable=True),
        Column("amount", "Federal amount", is_sortable=True, is_numeric=True),
        Column("ends", "Ends", is_sortable=True),
        Column("reference", "Reference", is_extra=True),
    ),
    default_sort="title",
    noun="awards",
)
EMPTY = Empty(
    "No award fits",
    "An award is drafted from a selected proposal, on the results page of its competition.",
    icon="folder_open",
)


@gate(is_award_staff)
@opens_with_own_view(DESK)
def desk(request: HttpRequest) -> HttpResponseBase:
    """Show the awards of the reader's agencies, or hand them out as a file."""
    form = AwardsForm(request.GET)
    found = awards_of_agencies(
        agencies_of_awards(request),
        person_of(request).pk,
        search=form.search(),
        state=form.state_asked(),
        sort=DESK.read(request.GET).sort,
    )
    if asked_format(request):
        return export_table(request, DESK, _cells(list(found)), name="awards")
    frame = Frame("Awards", EMPTY, form, export_links(request, FORMATS))
    context = {"table": shown_table(request, DESK, found, _cells, frame)}
    return render(request, "grants/awards/desk.html", context)


@gate(reads_award)
def award(request: HttpRequest, award: str) -> HttpResponse:
    """Show where the award stands and what it says."""
    row = staff_award_for(request, award)
    context = staff_award_page(request, award, "Overview")
    context |= {
        "budget": budget_of(row),
        "conditions": row.conditions.filter(removed_at=None),
    }
    return render(request, "grants/awards/staff_overview.html", context)


def _cells(rows: Iterable[Award]) -> Iterator[Mapping[str, Cell]]:
    for row in rows:
        yield {
            "title": Cell(
                row.title,
                url=reverse("grants:staff_award", args=[row.reference]),
                notes=(row.number,) if row.number else (),
            ),
            "group": Cell(row.group.name),
            "state": Cell(AWARD.labels[row.status], tone=TONES.get(row.status, "info")),
            "amount": Cell(value=row.federal_amount, kind=Kind.MONEY),
            "ends": Cell(value=row.ends_on, kind=Kind.DAY),
            "reference": Cell(row.reference),
        }
