"""Local times of an agency: each one names exactly one instant, or is refused."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from functools import cache
from zoneinfo import ZoneInfo, available_timezones

from kit.refusals import refuse

MINUTE = timedelta(minutes=1)
# Those that agencies of the United States live in come first in every list.
FIRST_ZONES = (
    "America/New_York",
    "America/Chicago",
    "America/Denver",
    "America/Phoenix",
    "America/Los_Angeles",
    "America/Anchorage",
    "Pacific/Honolulu",
    "America/Puerto_Rico",
    "Pacific/Guam",
)


@cache
def zone_names() -> tuple[str, ...]:
    """Return the zones of the IANA list by place, those of the United States first."""
    others = {one for one in available_timezones() if "/" in one and not one.startswith("Etc/")}
    return (*FIRST_ZONES, *sorted(others - set(FIRST_ZONES)), "UTC")


def instant_of(local: datetime, zone: str) -> datetime:
    """Return the one instant that clocks of the zone show as this time.

    Raises:
        Refused: ``zone_unknown``, ``time_missing`` (clocks skip it when they go forward),
            ``time_twice`` (clocks show it twice when they go back).

    >>> instant_of(datetime(2026, 3, 3, 16, 59), "America/New_York").isoformat()
    '2026-03-03T21:59:00+00:00'
    """
    if zone not in zone_names():
        raise refuse("zone_unknown", "Choose a time zone from the list.")
    place = ZoneInfo(zone)
    first = local.replace(tzinfo=place, fold=0).astimezone(UTC)
    second = local.replace(tzinfo=place, fold=1).astimezone(UTC)
    if first == second:
        return first
    back = first.astimezone(place).replace(tzinfo=None)
    if back != local:
        raise refuse(
            "time_missing",
            f"{_words(local)} does not exist in {zone}: clocks go forward and skip it. "
            "Choose another time.",
        )
    raise refuse(
        "time_twice",
        f"{_words(local)} happens twice in {zone}: clocks go back. "
        "Choose a time that happens once.",
    )


def local_of(instant: datetime, zone: str) -> datetime:
    """Return what clocks of the zone show at an instant, without a zone."""
    return instant.astimezone(ZoneInfo(zone)).replace(tzinfo=None)


def last_minute(closes_at: datetime) -> datetime:
    """Return the last minute that counts: what people read, where the first late instant is kept.

    >>> last_minute(datetime(2026, 3, 3, 22, 0, tzinfo=UTC)).isoformat()
    '2026-03-03T21:59:00+00:00'
    """
    return closes_at - MINUTE


def first_late(stated: datetime) -> datetime:
    """Return the first instant too late for a stated minute, which counts to its end."""
    return stated + MINUTE


def moment_words(instant: datetime, zone: str) -> str:
    """Write an instant as clocks of the zone show it, with the zone's own name.

    >>> moment_words(datetime(2026, 3, 3, 21, 59, tzinfo=UTC), "America/New_York")
    '4:59 p.m., Tuesday, March 3, 2026 (America/New_York)'
    """
    return f"{_words(local_of(instant, zone))} ({zone})"


def _words(local: datetime) -> str:
    half = "a.m." if local.hour < 12 else "p.m."
    clock = f"{local.hour % 12 or 12}:{local.minute:02d} {half}"
    return f"{clock}, {local:%A, %B} {local.day}, {local.year}"
