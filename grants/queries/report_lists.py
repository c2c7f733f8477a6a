"""Reports in lists: of an award, of officers' agencies, and how two rounds differ."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Case, F, Q, QuerySet, When
from django.db.models.functions import Coalesce

from grants.models import Award, AwardReport
from grants.queries.awards import hidden_proposals
from grants.queries.report_words import milestones_of
from grants.rules.report_form import MILESTONES, PARTS, STANDING_WORDS, Standing
from grants.rules.report_states import WRITABLE, ReportKind, ReportState

READ_WITH = (
    "award__case",
    "award__agency",
    "award__group__case",
    "award__selected__proposal__case",
    "award__selected__proposal__competition",
    "submitted_by",
)
WAITING = sorted(WRITABLE)
# The day that counts now: of a revision where one was asked for.
AWAITED = Coalesce(F("revise_by"), F("due_on"))


@dataclass(frozen=True, slots=True)
class Said:
    """One part of a report as a page shows it."""

    title: str
    text: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class Changed:
    """A part that differs between two rounds."""

    title: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class ReportCounts:
    """How many reports of an award wait for the group, are late, or are under review."""

    due: int
    late: int
    reviewed: int
    accepted: int
    next_due: date | None


def reports_of_agencies(
    agencies: Collection[int], user: int, asked: Mapping[str, str], today: date
) -> QuerySet[AwardReport]:
    """Reports as an officer looks for them; none of a proposal that is hidden from this person."""
    rows = AwardReport.objects.filter(award__agency__in=agencies, award__state="accepted")
    rows = rows.exclude(award__selected__proposal__in=hidden_proposals(user))
    rows = rows.annotate(awaited=AWAITED).select_related(*READ_WITH).prefetch_related("rounds")
    if asked.get("kind"):
        rows = rows.filter(kind=asked["kind"])
    words = asked.get("q", "").strip()
    if words:
        rows = rows.filter(
            Q(award__title__icontains=words)
            | Q(award__group__name__icontains=words)
            | Q(award__number__icontains=words)
            | Q(reference__icontains=words)
        )
    shown = {
        "review": Q(state=ReportState.SUBMITTED),
        "late": Q(state__in=WAITING, awaited__lte=today),
        "due": Q(state__in=WAITING),
        "accepted": Q(state=ReportState.ACCEPTED),
        "all": Q(),
    }
    return rows.filter(shown.get(asked.get("show") or "review", Q()))


def counts_of(award: Award, today: date) -> ReportCounts:
    """What the position of an award says of its reports."""
    rows = list(award.reports.values_list("state", AWAITED))
    open_days = [day for state, day in rows if state in WRITABLE]
    ahead = [day for state, day in rows if state in {*WRITABLE, ReportState.SCHEDULED}]
    return ReportCounts(
        due=len(open_days),
        late=sum(day < today for day in open_days),
        reviewed=sum(state == ReportState.SUBMITTED for state, _ in rows),
        accepted=sum(state == ReportState.ACCEPTED for state, _ in rows),
        next_due=min(ahead, default=None),
    )


def said_in(report: AwardReport, held: Any = None) -> list[Said]:  # noqa: ANN401 - a round
    """What a report says, or one of its rounds: milestones first, then the parts."""
    one = held or report
    if report.subject is ReportKind.FINANCIAL:
        return [Said("Remarks", one.remarks)] if one.remarks else []
    rows = one.answers.get(MILESTONES, {})
    found = []
    for goal in milestones_of(report.award):
        row = rows.get(str(goal.number), {})
        standing = row.get("standing", "")
        words = STANDING_WORDS[Standing(standing)] if standing in set(Standing) else "Not said yet"
        found.append(Said(f"Milestone {goal.number}: {goal.what}", row.get("words", ""), words))
    return found + [
        Said(part.title, str(one.answers.get(part.id, "")))
        for part in PARTS
        if part.is_required or one.answers.get(part.id)
    ]


def changes_between(report: AwardReport, before: Any, after: Any) -> list[Changed]:  # noqa: ANN401
    """The parts that differ between two rounds, in the order of the report."""
    old = {one.title: _whole(one) for one in said_in(report, before)}
    new = {one.title: _whole(one) for one in said_in(report, after)}
    return [
        Changed(title, old.get(title, ""), new.get(title, ""))
        for title in dict.fromkeys([*new, *old])
        if old.get(title, "") != new.get(title, "")
    ]


def by_urgency(rows: QuerySet[AwardReport]) -> QuerySet[AwardReport]:
    """What waits for the group first, then what is under review; then by the day."""
    place = Case(
        When(state__in=WAITING, then=0), When(state=ReportState.SUBMITTED, then=1), default=2
    )
    return rows.order_by(place, AWAITED, "number", "-kind")


def _whole(one: Said) -> str:
    return "\n".join(text for text in (one.note, one.text) if text)
