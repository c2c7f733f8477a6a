"""Days and times as people read them: in the reader's zone, with the zone named.

``{{ at|moment }}`` 4:59 p.m. Eastern, Tuesday, March 3, 2026
``{{ at|deadline }}`` the same for the end of a time limit: 11:59 p.m. where a day ends
``{{ at|short_moment }}`` Mar 3, 2026, 4:59 p.m. Eastern
``{{ at|day }}`` March 3, 2026 (also for dates)
``{{ at|until:now }}`` in 3 days, 2 hours ago
"""

from __future__ import annotations

import datetime as dt

from django import template
from django.utils import timezone
from django.utils.dateformat import format as format_date
from django.utils.html import format_html
from django.utils.safestring import SafeString

register = template.Library()

ZONE_WORDS = {
    "America/New_York": "Eastern",
    "America/Detroit": "Eastern",
    "America/Chicago": "Central",
    "America/Denver": "Mountain",
    "America/Phoenix": "Arizona",
    "America/Los_Angeles": "Pacific",
    "America/Anchorage": "Alaska",
    "Pacific/Honolulu": "Hawaii",
    "America/Puerto_Rico": "Atlantic",
    "UTC": "UTC",
}


def zone_name(at: dt.datetime) -> str:
    """Name the zone of a time as its readers call it."""
    return ZONE_WORDS.get(str(at.tzinfo), at.tzname() or str(at.tzinfo))


def _clock(at: dt.datetime) -> str:
    """Write hours and minutes the American way: 4:59 p.m."""
    return f"{at.hour % 12 or 12}:{at.minute:02d} {'a.m.' if at.hour < 12 else 'p.m.'}"


def _stamp(at: dt.date | dt.datetime, words: str) -> SafeString:
    """Wrap words in a <time> that machines can read."""
    return format_html('<time datetime="{}">{}</time>', at.isoformat(), words)


@register.filter(expects_localtime=True)
def moment(at: dt.datetime | None) -> str:
    """Write a moment in full, with weekday and zone."""
    if at is None:
        return ""
    return _stamp(at, f"{_clock(at)} {zone_name(at)}, {format_date(at, 'l, F j, Y')}")


@register.filter(expects_localtime=True)
def deadline(at: dt.datetime | None) -> str:
    """Write until when something counts as in time; its minute is inclusive.

    A day clock ends when the next day begins. People read the last minute of the day itself:
    11:59 p.m., never midnight of a day on which it is already too late.
    """
    if at is None:
        return ""
    ends_a_day = (at.hour, at.minute, at.second) == (0, 0, 0)
    return moment(at - dt.timedelta(minutes=1) if ends_a_day else at)


@register.filter(expects_localtime=True)
def short_moment(at: dt.datetime | None) -> str:
    """Write a moment for tables."""
    if at is None:
        return ""
    return _stamp(at, f"{format_date(at, 'M j, Y')}, {_clock(at)} {zone_name(at)}")


@register.filter(expects_localtime=True)
def day(on: dt.date | dt.datetime | None) -> str:
    """Write a day."""
    if on is None:
        return ""
    return _stamp(on, format_date(on, "F j, Y"))


@register.filter(expects_localtime=True)
def short_day(on: dt.date | dt.datetime | None) -> str:
    """Write a day for tables."""
    if on is None:
        return ""
    return _stamp(on, format_date(on, "M j, Y"))


@register.filter(expects_localtime=True)
def clock(at: dt.datetime | None) -> str:
    """Write a time of day to the second: 2:02:31 p.m. Eastern."""
    if at is None:
        return ""
    words = f"{at.hour % 12 or 12}:{at.minute:02d}:{at.second:02d}"
    return _stamp(at, f"{words} {'a.m.' if at.hour < 12 else 'p.m.'} {zone_name(at)}")


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}{'' if number == 1 else 's'}"


@register.filter
def until(at: dt.datetime | None, now: dt.datetime | None) -> str:
    """Say how far off a moment is, seen from `now` (request.arrived_at)."""
    if at is None or now is None:
        return ""
    seconds = (at - now).total_seconds()
    words = _count(int(abs(seconds) // 60), "minute")
    if abs(seconds) >= 2 * 86400:
        words = _count(int(abs(seconds) // 86400), "day")
    elif abs(seconds) >= 2 * 3600:
        words = _count(int(abs(seconds) // 3600), "hour")
    return f"in {words}" if seconds >= 0 else f"{words} ago"


@register.simple_tag
def reader_zone() -> str:
    """Name the zone in which this page shows times."""
    name = timezone.get_current_timezone_name()
    return ZONE_WORDS.get(name, name)
