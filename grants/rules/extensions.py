"""How much later a competition closes after an outage or a material change: always for everybody.

A new closing time keeps the old one's time of day in the agency's zone, on the first day that
gives at least the time that the rule promises.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from grants.rules.local_times import instant_of, local_of
from kit.refusals import Refusal, Refused

DAY = timedelta(days=1)
SHORTEST_OUTAGE = timedelta(minutes=60)
LAST_DAY = timedelta(hours=24)
MATERIAL_NOTICE = timedelta(days=14)


@dataclass(frozen=True, slots=True)
class Outage:
    """When the portal could not be used."""

    began_at: datetime
    ended_at: datetime


def outage_refusal(outage: Outage, *, closes_at: datetime, at: datetime) -> Refusal | None:
    """Return why an outage does not extend the close.

    It lasted 60 minutes or more within the last 24 hours before the close; it is declared once
    it is over.
    """
    if outage.ended_at > at or outage.ended_at <= outage.began_at:
        return Refusal(
            "outage_not_over",
            "Say when the outage began and ended; it is declared when it is over.",
        )
    start = max(outage.began_at, closes_at - LAST_DAY)
    end = min(outage.ended_at, closes_at)
    lasted = end - start
    if lasted >= SHORTEST_OUTAGE:
        return None
    minutes = max(int(lasted.total_seconds() // 60), 0)
    return Refusal(
        "outage_too_short",
        f"{minutes} minutes of this outage fall into the last 24 hours before the close. The rule "
        "extends the close for 60 minutes or more.",
    )


def close_after_outage(*, closes_at: datetime, at: datetime, zone: str) -> datetime:
    """Return the new close: at least 24 hours after the old one, and after the declaration."""
    return _same_time_later(closes_at, max(closes_at, at) + LAST_DAY, zone)


def close_after_change(
    *, closes_at: datetime, at: datetime, zone: str, is_material: bool
) -> datetime:
    """Return the close after a change: a material one leaves everybody 14 days."""
    if not is_material or closes_at - at >= MATERIAL_NOTICE:
        return closes_at
    return _same_time_later(closes_at, at + MATERIAL_NOTICE, zone)


def _same_time_later(closes_at: datetime, earliest: datetime, zone: str) -> datetime:
    """The same time of day on the first day not before ``earliest``; odd nights are passed over."""
    local = local_of(closes_at, zone)
    while True:
        local += DAY
        try:
            found = instant_of(local, zone)
        except Refused:
            continue
        if found >= earliest:
            return found
