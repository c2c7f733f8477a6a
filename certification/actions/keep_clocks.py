"""Deadlines follow the clocks: moved when time stood still, met when a stage ends."""

from __future__ import annotations

from datetime import datetime

from certification.models import Application
from certification.queries.clocks import clocks_of
from certification.rules.clocks import CLOCK_WORDS, Clock
from kit.periods import end_of_day
from records.actions.set_deadline import set_deadline
from records.models import Deadline
from trail.actions.record_entry import record_entry
from trail.actors import SYSTEM
from trail.models import Case


def keep_clocks(application: Application, at: datetime) -> None:
    """Write a deadline for each clock that runs, and close those of clocks that do not.

    Side effects: rows of records.Deadline. A clock that ran out keeps its row, so that the queue
    shows it first, until its stage ends.
    """
    due = {
        reading.clock: end_of_day(reading.due_on, application.agency.time_zone)
        for reading in clocks_of(application, at)
        if reading.due_on is not None
    }
    for clock in Clock:
        rows = Deadline.objects.filter(case=application.case, kind=clock.value, met_at=None)
        if clock not in due:
            rows.update(met_at=at)
        elif due[clock] > at:
            rows.filter(swept_at__isnull=False).update(met_at=at)
            set_deadline(case=application.case, kind=clock.value, due_at=due[clock])


def note_late(clock: Clock, case: Case, at: datetime) -> None:
    """Say on the trail that a clock ran out; the queue shows it first.

    Side effects: one entry.
    """
    facts = {"clock": CLOCK_WORDS[clock]}
    record_entry(case=case, actor=SYSTEM, at=at, verb="clock_ran_out", facts=facts)
