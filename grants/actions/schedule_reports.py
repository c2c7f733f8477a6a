"""The schedule of an award's reports, made once with its acceptance, and the clock over it."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from grants.actions.move_payment import day_of
from grants.models import Award, AwardReport
from grants.rules.report_schedule import next_step_day, opens_on, report_schedule
from grants.rules.report_states import WRITABLE, ReminderStep, ReportPace, ReportState
from kit.periods import end_of_day
from records.actions.set_deadline import set_deadline

WATCH = "watch_reports"


def schedule_reports(award: Award, at: datetime) -> None:
    """Write every report that the award owes, unless it has them; set the clock. Inside an act."""
    if not award.reports.exists():
        planned = report_schedule(
            award.starts_on, award.ends_on, ReportPace(award.report_pace), day_of(award, at)
        )
        AwardReport.objects.bulk_create(
            AwardReport(
                award=award,
                kind=one.kind,
                number=one.number,
                covers_from=one.covers_from,
                covers_through=one.covers_through,
                due_on=one.due_on,
                is_final=one.is_final,
            )
            for one in planned
        )
    set_watch(award, at)


def set_watch(award: Award, at: datetime) -> None:
    """Set the next moment at which a report opens or is remembered; none after the last."""
    day = _next_day(award, day_of(award, at))
    if day is not None:
        start = end_of_day(day - timedelta(days=1), award.agency.time_zone)
        set_deadline(case=award.case, kind=WATCH, due_at=start)


def steps_sent(report: AwardReport) -> dict[ReminderStep, date]:
    """Which steps were taken about this round of a report, and on which day."""
    return {
        ReminderStep(one.step): one.sent_on
        for one in report.reminders.all()
        if one.round == report.round
    }


def _next_day(award: Award, today: date) -> date | None:
    days: list[date | None] = []
    rows = award.reports.filter(state__in=[ReportState.SCHEDULED, *sorted(WRITABLE)])
    for report in rows.prefetch_related("reminders"):
        if report.status is ReportState.SCHEDULED:
            days.append(opens_on(report.covers_through))
        else:
            days.append(next_step_day(report.awaited_on, steps_sent(report), today))
    return min((day for day in days if day is not None), default=None)
