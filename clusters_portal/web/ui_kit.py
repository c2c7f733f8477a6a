"""Every component and widget in every state, on one page; shown in the demo settings only."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Any

from django.conf import settings
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from accounts.gates import public
from accounts.web.tables import Empty, Frame, ShownTable, shown_table
from clusters_portal.forms.ui_kit import (
    LONG_WORD,
    RIGHT_TO_LEFT,
    DisabledForm,
    EveryFieldForm,
    HardWordsForm,
    ReadOnlyForm,
)
from kit.refusals import Refusal
from kit.tables import Cell, Column, Kind, Table
from trail.models import Job
from trail.rules.states import JobState

FILLED = {
    "name": "Ohio Valley Foundry Works",
    "email": "office@foundry.example",
    "kind": "firm",
    "state": "arizona",
    "jobs": "214",
    "dues": "1200.00",
    "founded_on_month": "3",
    "founded_on_day": "4",
    "founded_on_year": "1987",
    "meets_on": "2026-04-14",
    "purpose": "We train foundry apprentices together.",
    "admission": "open",
    "topics": ["skills"],
    "password": "not shown again",
    "is_open": "on",
}
WRONG = {"email": "office", "jobs": "-3", "dues": "1e3", "founded_on_month": "2", "state": "Narnia"}
READ_ONLY = {"reference": "CG-7K3M-Q2XD-R", "statement": "I speak for this organization."}
AT = dt.datetime(2026, 3, 3, 21, 59, 59, tzinfo=dt.UTC)


def _pieces() -> dict[str, Any]:
    """Gather example content for the components."""
    return {
        "steps": [
            {"label": "Group", "state": "complete", "url": "#steps"},
            {"label": "Participants", "state": "complete", "url": "#steps"},
            {"label": "Convening body", "state": "current"},
            {"label": "Review and certify", "state": "upcoming"},
        ],
        "entries": [
            {
                "at": AT,
                "title": "Application received",
                "who": "Dana Whitfield",
                "url": "#timeline",
            },
            {
                "at": AT - dt.timedelta(days=3),
                "title": "Certified by a second person",
                "text": "All statements were confirmed.",
                "who": "Luis Ortega",
            },
            {"title": "Decision by June 1, 2026", "tone": "next"},
        ],
        "facts": [
            {"label": "Cluster", "value": "Metalworking Technology", "is_public": True},
            {"label": "Region", "value": "Nine counties in Ohio and Kentucky", "url": "#facts"},
            {"label": "Firms", "value": "17", "note": "15 are needed"},
            {"label": "Fiscal sponsor", "value": None},
        ],
        "case_nav": [
            {"label": "Overview", "url": "#case", "current": True},
            {"label": "Participants", "url": "#case", "note": "12 of 15"},
            {"label": "Documents", "url": "#case"},
        ],
        "downloads": [{"label": "CSV", "url": "#source"}],
        "kit_refusal": Refusal(
            "own_case", "You prepared this application; somebody else certifies it."
        ),
        "page_of_many": Paginator(range(480), 25).page(4),
        "rows": [
            ("Metalworking Technology", "3.12", "12,430"),
            ("Automotive", "1.94", "38,205"),
            ("Footwear", "0.41", "210"),
        ],
        "at": AT,
        "amount": 1_250_000,
    }


KIT_TABLE = Table(
    "kit.firms",
    (
        Column("name", "Firm", is_sortable=True, is_title=True),
        Column("role", "Role"),
        Column("jobs", "Jobs", is_sortable=True, is_numeric=True),
        Column("payroll", "Payroll", is_numeric=True),
        Column("answer", "Answer"),
        Column("since", "Since"),
        Column("note", "Note", is_extra=True),
    ),
    default_sort="name",
    noun="firms",
)


def _firms(request: HttpRequest) -> ShownTable:
    """A table whose cells are of every kind, sorted as the address says."""
    asked = KIT_TABLE.read(request.GET)
    rows = [
        ("Ohio Valley Foundry Works", 214, "Confirmed", "good"),
        (LONG_WORD, 3, "Asked", "info"),
        (RIGHT_TO_LEFT, 12_430, "Declined", "bad"),
        *((f"Firm {number} of many", number * 7, "Confirmed", "good") for number in range(30)),
    ]
    place = 1 if asked.sort_key == "jobs" else 0
    rows.sort(key=lambda row: row[place], reverse=asked.is_descending)

    def cells(page: Sequence[tuple[str, int, str, str]]) -> Iterator[Mapping[str, Cell]]:
        for name, jobs, answer, tone in page:
            yield {
                "name": Cell(name, url="#tables"),
                "role": Cell("Supplier", notes=("A smaller line.",)),
                "jobs": Cell(value=jobs, kind=Kind.WHOLE),
                "payroll": Cell(value=Decimal(jobs) * 52_000, kind=Kind.MONEY),
                "answer": Cell(answer, tone=tone),
                "since": Cell(value=AT, kind=Kind.DAY),
                "note": Cell(),
            }

    exports = [{"label": label, "url": "#tables"} for label in ("CSV", "Excel", "JSON")]
    return shown_table(
        request, KIT_TABLE, rows, cells, Frame("Firms", Empty("No firm fits"), None, exports)
    )


def _jobs() -> list[Job]:
    """Long work at every stage; none of it is stored."""
    told = (
        (JobState.QUEUED, 0, "It starts as soon as a worker is free.", False),
        (JobState.RUNNING, 41, "Measuring economic areas.", False),
        (JobState.RUNNING, 120, "Measuring counties.", True),
        (JobState.DONE, 179, "179 areas are measured.", False),
        (JobState.FAILED, 12, "The file ends in the middle of a row. Nothing was kept.", False),
        (JobState.CANCELLED, 60, "Stopped before the next file.", False),
    )
    return [
        Job(
            reference=f"JB-{number}",
            state=state,
            done=done,
            total=179,
            message=message,
            is_cancel_requested=is_stopping,
            finished_at=AT,
        )
        for number, (state, done, message, is_stopping) in enumerate(told)
    ]


@public
def ui_kit(request: HttpRequest) -> HttpResponse:
    """Show the kit to developers and to the accessibility scan."""
    if not settings.IS_DEMO:
        raise Http404
    forms = [
        ("Empty", EveryFieldForm(prefix="empty")),
        ("Filled", EveryFieldForm({f"filled-{k}": v for k, v in FILLED.items()}, prefix="filled")),
        ("Wrong", EveryFieldForm({f"wrong-{k}": v for k, v in WRONG.items()}, prefix="wrong")),
        ("Disabled", DisabledForm(prefix="disabled", initial=FILLED)),
        ("Read-only", ReadOnlyForm(prefix="fixed", initial=READ_ONLY)),
        ("Hard words", HardWordsForm(prefix="hard", initial={"right_to_left": RIGHT_TO_LEFT})),
    ]
    context = {
        **_pieces(),
        "sample_forms": forms,
        "table": _firms(request),
        "jobs": _jobs(),
        "long_word": LONG_WORD,
        "right_to_left": RIGHT_TO_LEFT,
        "hard_facts": [
            {"label": LONG_WORD, "value": RIGHT_TO_LEFT},
            {"label": "Organization", "value": LONG_WORD, "note": LONG_WORD},
        ],
    }
    return render(request, "clusters_portal/ui_kit/ui_kit.html", context)
