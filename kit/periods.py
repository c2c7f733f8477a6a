"""Half-open date ranges, federal fiscal years, business days."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

_SATURDAY = 5
_FISCAL_START = 10


@dataclass(frozen=True, slots=True)
class Period:
    """Days from ``start`` up to, not including, ``end``; an ``end`` of None is open.

    >>> Period(date(2026, 1, 1), date(2026, 2, 1)).holds(date(2026, 2, 1))
    False
    """

    start: date
    end: date | None = None

    def __post_init__(self) -> None:
        if self.end is not None and self.end <= self.start:
            message = "a period ends after it starts"
            raise ValueError(message)

    def holds(self, day: date) -> bool:
        """Whether the day lies in the period."""
        return self.start <= day and (self.end is None or day < self.end)


def add_years(day: date, years: int) -> date:
    """Return the same day some years later; 29 February becomes 1 March.

    >>> add_years(date(2024, 2, 29), 1)
    datetime.date(2025, 3, 1)
    """
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return date(day.year + years, 3, 1)


def add_business_days(day: date, count: int, holidays: Collection[date] = ()) -> date:
    """Return the day ``count`` business days later (weekends and holidays do not count).

    >>> add_business_days(date(2026, 7, 2), 1, {date(2026, 7, 3)})
    datetime.date(2026, 7, 6)
    """
    while count > 0:
        day += timedelta(days=1)
        if day.weekday() < _SATURDAY and day not in holidays:
            count -= 1
    return day


def fiscal_year(day: date) -> int:
    """Return the federal fiscal year (it starts on October 1 of the year before).

    >>> fiscal_year(date(2026, 10, 1))
    2027
    """
    return day.year + (day.month >= _FISCAL_START)


def end_of_day(day: date, zone: str) -> datetime:
    """Return the instant at which the day ends in the zone: day clocks run to the end."""
    return datetime.combine(day + timedelta(days=1), time.min, tzinfo=ZoneInfo(zone))
