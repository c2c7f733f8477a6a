"""The queue of staff: what waits for whom, and what is due first."""

from __future__ import annotations

from datetime import datetime

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from accounts.actors import arrival_of
from accounts.gates import gate
from certification.forms.decisions import QueueForm
from certification.models import Application
from certification.permissions.decisions import agencies_published, agencies_read, is_staff
from certification.queries.staff_queue import staff_queue, turn_counts
from certification.rules.staff_queue import TURN_STATES, TURN_WORDS, Turn
from certification.rules.states import APPLICATION, ApplicationState

PAGE_SIZE = 25
TONES = {
    Turn.OFFICERS: "info",
    Turn.OFFICIAL: "turn",
    Turn.APPLICANT: "warn",
    Turn.DECIDED: "quiet",
}


@gate(is_staff)
def queue(request: HttpRequest) -> HttpResponse:
    """Show the cases of the reader's agencies."""
    agencies, now = agencies_read(request), arrival_of(request)
    form = QueueForm(request.GET)
    asked = form.asked()
    page = Paginator(staff_queue(agencies, asked), PAGE_SIZE).get_page(request.GET.get("page"))
    counts = turn_counts(agencies)
    context = {
        "form": form,
        "page": page,
        "rows": [
            {
                "application": one,
                "state": APPLICATION.labels[one.status],
                "tone": _tone(one.status),
                "is_late": _is_late(one, now),
            }
            for one in page
        ],
        "now": now,
        "is_publisher": bool(agencies_published(request)),
        "sort": form.cleaned_data.get("sort") or "due",
        "counts": [
            {"label": TURN_WORDS[turn], "count": counts[turn], "url": f"?turn={turn.value}"}
            for turn in Turn
        ],
    }
    return render(request, "certification/staff/queue.html", context)


def _is_late(row: Application, now: datetime) -> bool:
    due: datetime | None = getattr(row, "due_at", None)
    return due is not None and due <= now


def _tone(state: ApplicationState) -> str:
    return next(TONES[turn] for turn, states in TURN_STATES.items() if state in states)
