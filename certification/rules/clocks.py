"""How long staff have: three clocks that stand still while it is the applicant's turn.

Clocks count days of the agency's zone. A day that is the applicant's at any moment does not
count, so that nobody gains by answering at night. The intake clock counts business days.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from certification.rules.holidays import is_business_day
from certification.rules.rulebook import Rulebook
from certification.rules.states import DECIDED, ApplicationState


class Clock(StrEnum):
    """What has to happen by when."""

    INTAKE = "clock.intake"
    CRITERIA = "clock.criteria"
    DECISION = "clock.decision"


CLOCK_WORDS = {
    Clock.INTAKE: "First look",
    Clock.CRITERIA: "Criteria review",
    Clock.DECISION: "Decision",
}


@dataclass(frozen=True)
class Limits:
    """The days that the rulebook gives."""

    intake_business_days: int
    criteria_days: int
    decision_days: int


@dataclass(frozen=True)
class Turn:
    """Days on which it was the applicant's turn, both ends included; open while it still is."""

    first: date
    last: date | None

    def holds(self, day: date) -> bool:
        """Whether the day is one of them."""
        return self.first <= day and (self.last is None or day <= self.last)


@dataclass(frozen=True)
class Course:
    """What a case went through so far, in days of the agency's zone."""

    state: ApplicationState
    submitted_on: date | None
    accepted_on: date | None = None
    turns: tuple[Turn, ...] = ()


@dataclass(frozen=True)
class ClockReading:
    """One clock: when it runs out, or that it stands still with so many days left."""

    clock: Clock
    due_on: date | None
    days_left: int

    @property
    def words(self) -> str:
        """The name of the clock as staff read it."""
        return CLOCK_WORDS[self.clock]

    @property
    def is_stopped(self) -> bool:
        """Whether the applicant has the turn."""
        return self.due_on is None

    @property
    def is_late(self) -> bool:
        """Whether the time has passed."""
        return self.days_left < 0


def limits_of(rulebook: Rulebook) -> Limits:
    """The limits that a rulebook gives."""
    return Limits(
        intake_business_days=rulebook.whole("clock.intake_business_days"),
        criteria_days=rulebook.whole("clock.criteria_days"),
        decision_days=rulebook.whole("clock.decision_days"),
    )


def running(course: Course, limits: Limits, today: date) -> tuple[ClockReading, ...]:
    """The clocks that run (or stand still) in this state of the case, the nearest first."""
    readings = tuple(_read(clock, course, limits, today) for clock in _clocks_of(course))
    return tuple(sorted(readings, key=lambda one: one.days_left))


def due_on(start: date, count: int, course: Course, *, business: bool = False) -> date | None:
    """The last day of a clock of ``count`` days after ``start``; None while it stands still."""
    day, counts = start, _counter(course, business=business)
    while count > 0:
        day += timedelta(days=1)
        if any(turn.last is None and turn.holds(day) for turn in course.turns):
            return None
        count -= counts(day)
    return day


def _clocks_of(course: Course) -> tuple[Clock, ...]:
    if course.submitted_on is None or course.state in DECIDED:
        return ()
    if course.accepted_on is None:
        return (Clock.INTAKE,)
    if course.state in {ApplicationState.DECISION_PENDING, ApplicationState.DENIAL_PROPOSED}:
        return (Clock.DECISION,)
    return (Clock.CRITERIA, Clock.DECISION)


def _read(clock: Clock, course: Course, limits: Limits, today: date) -> ClockReading:
    start = course.submitted_on if clock is Clock.INTAKE else course.accepted_on
    if start is None:
        message = f"{clock} has not started"
        raise ValueError(message)
    count = {
        Clock.INTAKE: limits.intake_business_days,
        Clock.CRITERIA: limits.criteria_days,
        Clock.DECISION: limits.decision_days,
    }[clock]
    business = clock is Clock.INTAKE
    used = _counted(start, today, _counter(course, business=business))
    return ClockReading(clock, due_on(start, count, course, business=business), count - used)


def _counter(course: Course, *, business: bool) -> Callable[[date], bool]:
    def counts(day: date) -> bool:
        if business and not is_business_day(day):
            return False
        return not any(turn.holds(day) for turn in course.turns)

    return counts


def _counted(start: date, today: date, counts: Callable[[date], bool]) -> int:
    days = (today - start).days
    return sum(counts(start + timedelta(days=step)) for step in range(1, days + 1))
