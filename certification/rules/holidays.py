"""Federal holidays (5 U.S.C. 6103): days on which no business-day clock moves."""

from datetime import date, timedelta

_MONDAY, _THURSDAY, _SATURDAY, _SUNDAY = 0, 3, 5, 6


def federal_holidays(year: int) -> frozenset[date]:
    """The days that federal offices observe as holidays of a year.

    A holiday on a Saturday is observed the Friday before, one on a Sunday the Monday after, so
    that New Year's Day may be observed in the year before its own.

    >>> date(2026, 7, 3) in federal_holidays(2026)
    True
    """
    fixed = (date(year, 1, 1), date(year, 6, 19), date(year, 7, 4), date(year, 11, 11))
    moving = (
        _nth(year, 1, _MONDAY, 3),
        _nth(year, 2, _MONDAY, 3),
        _last_monday_of_may(year),
        _nth(year, 9, _MONDAY, 1),
        _nth(year, 10, _MONDAY, 2),
        _nth(year, 11, _THURSDAY, 4),
    )
    observed = (_observed(day) for day in (*fixed, date(year, 12, 25)))
    return frozenset((*observed, *moving))


def is_business_day(day: date) -> bool:
    """Whether federal offices are open: no weekend, no holiday, neighbours' New Year included."""
    if day.weekday() >= _SATURDAY:
        return False
    return day not in federal_holidays(day.year) and day not in federal_holidays(day.year + 1)


def _observed(day: date) -> date:
    if day.weekday() == _SATURDAY:
        return day - timedelta(days=1)
    if day.weekday() == _SUNDAY:
        return day + timedelta(days=1)
    return day


def _nth(year: int, month: int, weekday: int, count: int) -> date:
    first = date(year, month, 1)
    return first + timedelta(days=(weekday - first.weekday()) % 7 + 7 * (count - 1))


def _last_monday_of_may(year: int) -> date:
    last = date(year, 5, 31)
    return last - timedelta(days=last.weekday())
