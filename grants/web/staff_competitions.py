"""The desk of competitions and the page of one of them, as staff read it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse

from accounts.gates import gate
from accounts.web.tables import Empty, Frame, export_links, opens_with_own_view, shown_table
from grants.forms.competition_lists import DeskForm
from grants.models import Competition
from grants.permissions.competitions import (
    agencies_read,
    agencies_served,
    competition_for,
    is_grants_staff,
    reads_competition,
)
from grants.queries.notices import current_bundle
from grants.queries.public_competitions import published
from grants.queries.staff_competitions import (
    STAGE_STATES,
    STAGE_WORDS,
    Stage,
    staff_competitions,
    stage_counts,
)
from grants.rules.bundles import hash_of, lines_of
from grants.rules.local_times import last_minute
from grants.rules.states import COMPETITION, CompetitionState
from grants.web.competition_buttons import buttons, clearances_of, parts_of
from grants.web.competition_pages import competition_page, tone_of
from grants.web.competition_words import staff_timeline
from kit.tables import Cell, Column, Kind, Table
from records.web.table_exports import FORMATS, asked_format, export_table

DESK = Table(
    "grants.competitions",
    (
        Column("title", "Competition", is_sortable=True, is_title=True),
        Column("reference", "Reference", is_extra=True),
        Column("state", "Stands at", is_sortable=True),
        Column("opens", "Opens", is_sortable=True),
        Column("closes", "Closes", is_sortable=True),
        Column("agency", "Agency", is_extra=True),
    ),
    default_sort="-closes",
    noun="competitions",
)
EMPTY = Empty(
    "No competition fits",
    "Competitions of your agency appear here from the first draft on.",
    icon="folder_open",
)


@gate(is_grants_staff)
@opens_with_own_view(DESK)
def desk(request: HttpRequest) -> HttpResponseBase:
    """Show the competitions of the reader's agencies, or hand them out as a file."""
    agencies, form = agencies_read(request), DeskForm(request.GET)
    found = staff_competitions(
        agencies,
        search=form.search(),
        stage=form.stage_asked(),
        sort=DESK.read(request.GET).sort,
    )
    if asked_format(request):
        return export_table(request, DESK, _cells(list(found)), name="competitions")
    counts = stage_counts(agencies)
    frame = Frame("Competitions", EMPTY, form, export_links(request, FORMATS))
    context = {
        "makes": bool(agencies_served(request)),
        "table": shown_table(request, DESK, found, _cells, frame),
        "counts": [
            {"label": STAGE_WORDS[one], "count": counts[one], "url": f"?stage={one.value}"}
            for one in Stage
        ],
    }
    return render(request, "grants/competitions/desk.html", context)


@gate(reads_competition)
def competition(request: HttpRequest, competition: str) -> HttpResponse:
    """Show where the competition stands and what can be done."""
    row = competition_for(request, competition)
    context = competition_page(request, competition, "Overview")
    shown = published(row) if row.opened_at else None
    context |= {
        "timeline": staff_timeline(row.case, limit=10),
        "buttons": buttons(request, row),
        "parts": parts_of(row),
        "clearances": clearances_of(request, row),
        "is_preparing": row.status in STAGE_STATES[Stage.PREPARING],
        "is_over": row.status not in {*STAGE_STATES[Stage.PREPARING], CompetitionState.OPEN},
        "lines": _lines(row),
        "words_hash": row.bundle_hash or hash_of(current_bundle(row)),
        "last_minute": last_minute(row.closes_at) if row.closes_at else None,
        "shown": shown,
        "waiting": row.inquiries.filter(answered_at=None).count(),
    }
    return render(request, "grants/competitions/overview.html", context)


def _lines(row: Competition) -> list[dict[str, str]]:
    """Every statement of the notice as it stands, for those who sign under it."""
    lines = lines_of(row.bundle or current_bundle(row))
    return [{"label": label, "value": text or "Not said"} for label, text in lines.items()]


def _cells(rows: Iterable[Competition]) -> Iterator[Mapping[str, Cell]]:
    for row in rows:
        reference = row.case.reference
        yield {
            "title": Cell(
                row.title,
                url=reverse("grants:staff_competition", args=[reference]),
                notes=(row.opportunity_number,),
            ),
            "reference": Cell(reference),
            "state": Cell(COMPETITION.labels[row.status], tone=tone_of(row.status)),
            "opens": Cell("" if row.opens_at else "Not set", value=row.opens_at, kind=Kind.MOMENT),
            "closes": Cell(
                "" if row.closes_at else "Not set", value=row.closes_at, kind=Kind.MOMENT
            ),
            "agency": Cell(row.agency.name),
        }
