"""Which reports an award owes, and by when (2 CFR 200.328 and 200.329).

Periods end with the federal calendar: quarters, half-years on March 31 and September 30, years on
September 30. The first and the last one are as long as the award leaves them; the report on the
last period is the final report.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from grants.rules.report_states import ReminderStep, ReportKind, ReportPace

ENDS = {
    ReportPace.QUARTERLY: ((3, 31), (6, 30), (9, 30), (12, 31)),
    ReportPace.HALF_YEARLY: ((3, 31), (9, 30)),
    ReportPace.YEARLY: ((9, 30),),
}
DAYS_TO_REPORT = {ReportPace.QUARTERLY: 30, ReportPace.HALF_YEARLY: 30, ReportPace.YEARLY: 90}
DAYS_FOR_THE_FINAL = 120
# Nobody is late with what was never asked for: a schedule made late gives this long.
DAYS_AFTER_ASKING = 30
STEP_DAYS = {
    ReminderStep.DUE_SOON: -7,
    ReminderStep.MAIL_1: 1,
    ReminderStep.OFFICER_15: 15,
    ReminderStep.REMEDY_30: 30,
    ReminderStep.GRANTS_60: 60,
}


@dataclass(frozen=True, slots=True)
class PlannedReport:
    """One report that an award owes.

    Attributes:
        kind: Performance or financial.
        number: From 1, in order of the periods.
        covers_from: First day of what it reports on.
        covers_through: Last day.
        due_on: Last day to submit it, in the agency's zone.
        is_final: Whether it reports on the last period of the award.
    """

    kind: ReportKind
    number: int
    covers_from: date
    covers_through: date
    due_on: date
    is_final: bool


def report_schedule(
    starts_on: date, ends_on: date, pace: ReportPace, asked_on: date | None = None
) -> tuple[PlannedReport, ...]:
    """Every report of an award, period by period, the performance report first.

    Args:
        starts_on: First day of the period of performance.
        ends_on: Last day.
        pace: How often the terms of the award ask for reports.
        asked_on: The day on which the schedule is made; no report is due sooner than thirty
            days after it.

    >>> rows = report_schedule(date(2026, 2, 1), date(2026, 9, 30), ReportPace.QUARTERLY)
    >>> [(one.kind.value, one.covers_through.isoformat(), one.due_on.isoformat())
    ...  for one in rows if one.kind is ReportKind.FINANCIAL]  # doctest: +NORMALIZE_WHITESPACE
    [('financial', '2026-03-31', '2026-04-30'),
     ('financial', '2026-06-30', '2026-07-30'),
     ('financial', '2026-09-30', '2027-01-28')]
    """
    earliest = asked_on + timedelta(days=DAYS_AFTER_ASKING) if asked_on else date.min
    return tuple(
        PlannedReport(
            kind=kind,
            number=number,
            covers_from=first,
            covers_through=last,
            due_on=max(earliest, due_day(last, pace, is_final=last == ends_on)),
            is_final=last == ends_on,
        )
        for number, (first, last) in enumerate(periods(starts_on, ends_on, pace), 1)
        for kind in (ReportKind.PERFORMANCE, ReportKind.FINANCIAL)
    )


def periods(starts_on: date, ends_on: date, pace: ReportPace) -> Iterator[tuple[date, date]]:
    """First and last day of every period; together they are the award's, without a gap."""
    first = starts_on
    while first <= ends_on:
        last = min(_end_of_period(first, pace), ends_on)
        yield first, last
        first = last + timedelta(days=1)


def due_day(covers_through: date, pace: ReportPace, *, is_final: bool) -> date:
    """The last day to submit a report on a period.

    >>> due_day(date(2026, 9, 30), ReportPace.YEARLY, is_final=False)
    datetime.date(2026, 12, 29)
    """
    days = DAYS_FOR_THE_FINAL if is_final else DAYS_TO_REPORT[pace]
    return covers_through + timedelta(days=days)


def opens_on(covers_through: date) -> date:
    """The first day on which a report can be written: the day after its period."""
    return covers_through + timedelta(days=1)


def days_late(due_on: date, day: date) -> int:
    """How many days after its last day a report came, or is awaited; 0 in time.

    >>> days_late(date(2026, 4, 30), date(2026, 5, 3)), days_late(date(2026, 4, 30), date.min)
    (3, 0)
    """
    return max(0, (day - due_on).days)


def step_day(due_on: date, step: ReminderStep) -> date:
    """The day on which a step is taken about a report that is not there."""
    return due_on + timedelta(days=STEP_DAYS[step])


def next_step(due_on: date, sent: Mapping[ReminderStep, date], today: date) -> ReminderStep | None:
    """The one step to take today, if any.

    Steps are taken in order and never two on one day: nobody gets the notice of a remedy together
    with the first reminder because the portal stood still. A reminder before the last day is not
    made up for after it.

    >>> next_step(date(2026, 4, 30), {}, date(2026, 5, 1)).value
    'mail_1'
    """
    if today in sent.values():
        return None
    for step in ReminderStep:
        is_over = step is ReminderStep.DUE_SOON and today > due_on
        if step not in sent and not is_over:
            return step if step_day(due_on, step) <= today else None
    return None


def next_step_day(due_on: date, sent: Mapping[ReminderStep, date], today: date) -> date | None:
    """The next day, after today, on which a step may have to be taken; None after the last."""
    for step in ReminderStep:
        is_over = step is ReminderStep.DUE_SOON and today > due_on
        if step not in sent and not is_over:
            return max(step_day(due_on, step), today + timedelta(days=1))
    return None


def _end_of_period(day: date, pace: ReportPace) -> date:
    ends = (
        date(year, month, last) for year in (day.year, day.year + 1) for month, last in ENDS[pace]
    )
    return next(end for end in ends if end >= day)
