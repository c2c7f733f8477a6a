"""The queue of staff: what waits for whom, and what is due first."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from functools import partial

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse

from accounts.actors import arrival_of
from accounts.gates import gate
from accounts.web.tables import Empty, Frame, export_links, opens_with_own_view, shown_table
from certification.forms.decisions import QueueForm
from certification.models import Application
from certification.permissions.decisions import agencies_published, agencies_read, is_staff
from certification.queries.staff_queue import staff_queue, turn_counts
from certification.rules.staff_queue import TURN_STATES, TURN_WORDS, Turn
from certification.rules.states import APPLICATION, ApplicationState
from kit.tables import Cell, Column, Kind, Table
from records.web.table_exports import FORMATS, asked_format, export_table

TONES = {
    Turn.OFFICERS: "info",
    Turn.OFFICIAL: "turn",
    Turn.APPLICANT: "warn",
    Turn.DECIDED: "quiet",
}
CASES = Table(
    "certification.cases",
    (
        Column("group", "Group", is_sortable=True, is_title=True),
        Column("reference", "Reference", is_extra=True),
        Column("cluster", "Cluster"),
        Column("region", "Region"),
        Column("state", "Stands at", is_sortable=True),
        Column("submitted", "Submitted", is_sortable=True),
        Column("due", "Due", is_sortable=True),
        Column("agency", "Agency", is_extra=True),
    ),
    default_sort="due",
    noun="cases",
)
EMPTY = Empty(
    "No case fits",
    "New applications appear here as soon as a group submits. "
    "Change the filters to see decided cases.",
    icon="folder_open",
)


@gate(is_staff)
@opens_with_own_view(CASES)
def queue(request: HttpRequest) -> HttpResponseBase:
    """Show the cases of the reader's agencies, or hand them out as a file."""
    agencies, now = agencies_read(request), arrival_of(request)
    form = QueueForm(request.GET)
    found = staff_queue(agencies, form.asked())
    cells = partial(_cells, now=now)
    if asked_format(request):
        return export_table(request, CASES, cells(list(found)), name="cases")
    counts = turn_counts(agencies)
    frame = Frame("Cases", EMPTY, form, export_links(request, FORMATS))
    context = {
        "table": shown_table(request, CASES, found, cells, frame),
        "is_publisher": bool(agencies_published(request)),
        "counts": [
            {"label": TURN_WORDS[turn], "count": counts[turn], "url": f"?turn={turn.value}"}
            for turn in Turn
        ],
    }
    return render(request, "certification/staff/queue.html", context)


def _cells(rows: Iterable[Application], *, now: datetime) -> Iterator[Mapping[str, Cell]]:
    for row in rows:
        reference = row.case.reference
        yield {
            "group": Cell(
                row.group.name,
                url=reverse("certification:staff_case", args=[reference]),
                notes=(reference,),
            ),
            "reference": Cell(reference),
            "cluster": Cell(row.cluster_name),
            "region": Cell(row.region_name),
            "state": Cell(APPLICATION.labels[row.status], tone=_tone(row.status)),
            "submitted": Cell(value=row.submitted_at, kind=Kind.DAY),
            "due": _due(row, now),
            "agency": Cell(row.agency.name),
        }


def _due(row: Application, now: datetime) -> Cell:
    due: datetime | None = getattr(row, "due_at", None)
    if due is None:
        return Cell("No clock runs", kind=Kind.UNTIL)
    if due <= now:
        return Cell("Late", tone="bad", value=due, kind=Kind.UNTIL)
    return Cell(value=due, kind=Kind.UNTIL)


def _tone(state: ApplicationState) -> str:
    return next(TONES[turn] for turn, states in TURN_STATES.items() if state in states)
