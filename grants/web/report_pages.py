"""What pages of reports have in common: words, tones, lateness, rounds, what was told when."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.urls import reverse

from accounts.actors import actor_of, arrival_of
from grants.actions.move_payment import day_of
from grants.actions.move_report import last_minute
from grants.models import AwardReport
from grants.permissions.reports import own_report, staff_report
from grants.queries.report_lists import changes_between, said_in
from grants.rules.report_schedule import days_late
from grants.rules.report_states import REPORT, WRITABLE, ReportState
from grants.web.award_pages import award_page, staff_award_page

TONES = {
    ReportState.SCHEDULED: "quiet",
    ReportState.OPEN: "turn",
    ReportState.DRAFT: "turn",
    ReportState.ACCEPTED: "good",
    ReportState.REVISION_REQUESTED: "turn",
}


def member_report_page(request: HttpRequest, award: str, report: str, here: str) -> dict[str, Any]:
    """The context of a report as its group reads it."""
    row = _must(own_report(request, award, report))
    context = award_page(request, award, here or str(row))
    context["trail"].append(_list_of("grants:reports", award))
    words = REPORT.public_label(row.status)
    return context | described(request, row) | {"status_words": words}


def staff_report_page(request: HttpRequest, award: str, report: str, here: str) -> dict[str, Any]:
    """The context of a report as officers read it."""
    row = _must(staff_report(request, award, report))
    context = staff_award_page(request, award, here or str(row))
    context["trail"].append(_list_of("grants:staff_reports", award))
    words = REPORT.labels[row.status]
    return context | described(request, row) | {"status_words": words}


def described(request: HttpRequest, row: AwardReport) -> dict[str, Any]:
    """A report with its clock, its rounds with what was said of them, and what was told."""
    return {
        "report": row,
        "report_tone": TONES.get(row.status, "info"),
        "late": late_of(request, row),
        "due_at": last_minute(row.award, row.awaited_on),
        "is_writable": row.status in WRITABLE,
        "rounds": rounds_of(row),
        "reminders": row.reminders.all(),
    }


def rounds_of(row: AwardReport) -> list[dict[str, Any]]:
    """Every round, the newest first: what it said, what changed, how late it was, its review."""
    rounds = list(row.rounds.select_related("submitted_by"))
    reviews = {one.round: one for one in row.reviews.select_related("reviewed_by")}
    found = []
    for place, one in enumerate(rounds):
        before = rounds[place - 1] if place else None
        found.append(
            {
                "row": one,
                "said": said_in(row, one),
                "changes": changes_between(row, before, one) if before else [],
                "before": before,
                "late": days_late(one.due_on, day_of(row.award, one.submitted_at)),
                "review": reviews.get(one.round),
            }
        )
    return found[::-1]


def late_of(request: HttpRequest, row: AwardReport) -> int:
    """By how many days a report that is not there is late; 0 in time, or not awaited."""
    if row.status not in WRITABLE:
        return 0
    return days_late(row.awaited_on, day_of(row.award, arrival_of(request)))


def listed(request: HttpRequest, row: AwardReport, route: str, words: str) -> dict[str, Any]:
    """A report as a row of a list; its rounds are prefetched."""
    first = next(iter(row.rounds.all()), None)
    was_late = days_late(first.due_on, day_of(row.award, first.submitted_at)) if first else 0
    return {
        "row": row,
        "words": words,
        "tone": TONES.get(row.status, "info"),
        "late": late_of(request, row),
        "was_late": was_late,
        "first": first,
        "url": reverse(route, args=[row.award.reference, row.reference]),
    }


def acting(request: HttpRequest, row: AwardReport) -> dict[str, Any]:
    """The arguments of every act on a report."""
    return {
        "actor": actor_of(request),
        "at": arrival_of(request),
        "report": row,
        "key": request.POST.get("idempotency_key", ""),
    }


def _list_of(route: str, award: str) -> dict[str, str]:
    return {"label": "Reports", "url": reverse(route, args=[award])}


def _must(row: AwardReport | None) -> AwardReport:
    if row is None:
        message = "the gate asks first"
        raise LookupError(message)
    return row
