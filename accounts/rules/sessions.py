"""How long a sign-in lasts: pure rules."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from kit.refusals import Refusal

TOUCH_EVERY = timedelta(seconds=60)


@dataclass(frozen=True, slots=True)
class SessionLimits:
    """What ends a sign-in.

    Attributes:
        idle: The longest pause between two requests.
        absolute: The longest time since signing in, however active.
    """

    idle: timedelta
    absolute: timedelta


@dataclass(frozen=True, slots=True)
class SessionTimes:
    """When a sign-in began and was last used."""

    began_at: datetime
    seen_at: datetime


def ends_at(times: SessionTimes, limits: SessionLimits) -> datetime:
    """Return the instant from which on the sign-in no longer counts."""
    return min(times.seen_at + limits.idle, times.began_at + limits.absolute)


def why_ended(times: SessionTimes, limits: SessionLimits, at: datetime) -> Refusal | None:
    """Return why the sign-in has ended, or None while it lasts.

    >>> from datetime import UTC
    >>> noon = datetime(2026, 3, 3, 12, tzinfo=UTC)
    >>> limits = SessionLimits(timedelta(minutes=15), timedelta(hours=12))
    >>> why_ended(SessionTimes(noon, noon), limits, noon + timedelta(minutes=15)).code
    'idle'
    """
    if at >= times.began_at + limits.absolute:
        return Refusal(
            "too_long",
            f"You were signed out because you signed in {in_words(limits.absolute)} ago.",
        )
    if at >= times.seen_at + limits.idle:
        return Refusal(
            "idle",
            f"You were signed out after {in_words(limits.idle)} without activity.",
        )
    return None


def is_worth_noting(times: SessionTimes, at: datetime) -> bool:
    """Whether this activity is written down: once a minute is enough.

    A pause may then end up to a minute early, never late.
    """
    return at - times.seen_at >= TOUCH_EVERY


def in_words(span: timedelta) -> str:
    """Return a length of time as people say it.

    >>> in_words(timedelta(minutes=15)), in_words(timedelta(hours=12)), in_words(timedelta(hours=1))
    ('15 minutes', '12 hours', '1 hour')
    """
    seconds = int(span.total_seconds())
    for size, name in ((3600, "hour"), (60, "minute"), (1, "second")):
        if seconds >= size and seconds % size == 0:
            count = seconds // size
            return f"{count} {name}{'' if count == 1 else 's'}"
    return "0 seconds"
