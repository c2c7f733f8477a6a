"""Reports as bare rows, in whatever state a test needs, with their rounds and reviews."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from grants.models import Award, AwardReport, ReportReview, ReportRound
from grants.rules.report_states import ReportKind, ReportOutcome, ReportState
from tests.factories.accounts import make_user
from trail.queries.clock import database_now

ANSWERS = {
    "done": "We held six workshops and wrote to every glass maker of the region.",
    "results": "Forty firms now share one calendar of machine hours.",
    "difficulties": "None",
    "next": "Two studies, and the second round of workshops.",
    "people": "",
    "milestones": {},
}
WAYS = {
    ReportState.SCHEDULED: (),
    ReportState.OPEN: (ReportState.OPEN,),
    ReportState.DRAFT: (ReportState.OPEN, ReportState.DRAFT),
    ReportState.SUBMITTED: (ReportState.OPEN, ReportState.DRAFT, ReportState.SUBMITTED),
    ReportState.ACCEPTED: (
        ReportState.OPEN,
        ReportState.DRAFT,
        ReportState.SUBMITTED,
        ReportState.ACCEPTED,
    ),
    ReportState.REVISION_REQUESTED: (
        ReportState.OPEN,
        ReportState.DRAFT,
        ReportState.SUBMITTED,
        ReportState.REVISION_REQUESTED,
    ),
}


def make_report(award: Award, state: ReportState = ReportState.OPEN, **changes: Any) -> AwardReport:
    """The first performance report, on the days before yesterday; due in thirty days."""
    today = database_now().date()
    values: dict[str, Any] = {
        "kind": ReportKind.PERFORMANCE,
        "number": 1,
        "covers_from": award.starts_on,
        "covers_through": today - timedelta(days=2),
        "due_on": today + timedelta(days=28),
        "answers": ANSWERS,
        **changes,
    }
    by = values.pop("submitted_by", None)
    row = AwardReport.objects.create(award=award, **values)
    for step in WAYS[state]:
        _walk(row, step, by)
    row.refresh_from_db()
    return row


def _walk(row: AwardReport, state: ReportState, by: Any) -> None:
    more: dict[str, Any] = {}
    if state is ReportState.SUBMITTED:
        more = submit_round(row, submitted_by=by or make_user())
    if state is ReportState.ACCEPTED:
        review_round(row)
    if state is ReportState.REVISION_REQUESTED:
        more = {"revise_by": review_round(row, ReportOutcome.REVISE).revise_by}
    AwardReport.objects.filter(pk=row.pk).update(state=state, **more)
    row.refresh_from_db()


def submit_round(row: AwardReport, **changes: Any) -> dict[str, Any]:
    """A signed round as a row; returns what its report says of it."""
    signed: dict[str, Any] = {
        "round": row.round + 1,
        "submitted_at": database_now(),
        "signed_title": "Director",
        "statement": "I certify.",
        **changes,
    }
    signed.setdefault("submitted_by", make_user())
    ReportRound.objects.create(
        report=row, answers=row.answers, remarks=row.remarks, due_on=row.due_on, **signed
    )
    return signed


def review_round(
    row: AwardReport, outcome: ReportOutcome = ReportOutcome.ACCEPT, **changes: Any
) -> ReportReview:
    """What an officer said of the last round."""
    values: dict[str, Any] = {
        "round": row.round,
        "outcome": outcome,
        "words": "Say which firms share the calendar.",
        "reviewed_at": database_now(),
        **changes,
    }
    if outcome is ReportOutcome.REVISE:
        day: date = database_now().date() + timedelta(days=15)
        values.setdefault("revise_by", day)
    values.setdefault("reviewed_by", make_user())
    return ReportReview.objects.create(report=row, **values)
