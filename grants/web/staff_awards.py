"""The desk of awards, and the page of one of them, as officers read it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse

from accounts.actors import arrival_of, person_of
from accounts.gates import gate
from accounts.web.tables import Empty, Frame, export_links, opens_with_own_view, shown_table
from grants.actions.check_award_risk import OPEN_TO_CONDITIONS, REMOVABLE
from grants.actions.offer_award import is_past_last_day
from grants.forms.desk_filters import AwardsForm
from grants.models import Award
from grants.permissions.awards import (
    agencies_of_awards,
    drafts_award,
    is_award_staff,
    reads_award,
    reads_pools,
    staff_award_for,
    works_on_award,
)
from grants.queries.awards import awardable, awards_of_agencies, budget_of
from grants.queries.pool_givers import left_out
from grants.rules.award_states import AWARD
from grants.web.award_pages import TONES, staff_award_page
from grants.web.award_words import staff_timeline
from grants.web.staff_award_steps import buttons, checks_of, progress_of, steps_of
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
MOST_WAITING = 50
EMPTY = Empty(
    "No award fits",
    "An award is drafted from a selected proposal once the results are announced.",
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
        state_in=form.states_asked(),
        sort=DESK.read(request.GET).sort,
    )
    if asked_format(request):
        return export_table(request, DESK, _cells(list(found)), name="awards")
    frame = Frame("Awards", EMPTY, form, export_links(request, FORMATS))
    context = {
        "table": shown_table(request, DESK, found, _cells, frame),
        "waiting": _waiting(request),
    }
    return render(request, "grants/awards/desk.html", context)


@gate(reads_award)
def award(request: HttpRequest, award: str) -> HttpResponse:
    """Show where the award stands and what it says."""
    row = staff_award_for(request, award)
    is_officer = works_on_award(request, award) is None
    context = staff_award_page(request, award, "Overview")
    context |= {
        "budget": budget_of(row),
        "conditions": row.conditions.filter(removed_at=None),
        "left_out": left_out(row),
        "is_late": is_past_last_day(row, arrival_of(request)),
        "buttons": buttons(request, row),
        "progress": progress_of(row),
        "checks": checks_of(request, row),
        "steps": steps_of(row),
        "may_add_condition": row.status in OPEN_TO_CONDITIONS and is_officer,
        "may_remove_condition": row.status in REMOVABLE and is_officer,
        "removed": row.conditions.exclude(removed_at=None),
        "timeline": staff_timeline(row, limit=12),
        "pools_url": _pools_url(request, row),
    }
    return render(request, "grants/awards/staff_overview.html", context)


def _pools_url(request: HttpRequest, row: Award) -> str:
    competition = row.selected.proposal.competition.reference
    if reads_pools(request, competition) is not None:
        return ""
    return reverse("grants:pool_ledger", args=[competition])


def _waiting(request: HttpRequest) -> list[dict[str, object]]:
    """Selected proposals without an award, and whether this reader drafts it."""
    rows = awardable(agencies_of_awards(request), person_of(request).pk).filter(award=None)
    return [
        {
            "row": one,
            "url": reverse("grants:draft_award", args=[one.proposal.case.reference]),
            "refusal": drafts_award(request, one.proposal.case.reference),
        }
        for one in rows[:MOST_WAITING]
    ]


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
