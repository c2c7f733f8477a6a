"""When a prepared publication may be released, shown, or taken away again."""

from __future__ import annotations

from datetime import datetime, timedelta

from kit.refusals import Refusal

LONGEST_WAIT = timedelta(days=366)
SHORTEST_REASON = 10


def release_moment(*, at: datetime, show_from: datetime | None) -> datetime:
    """From when on the public reads it: the moment that was set, or at once if that is past."""
    return at if show_from is None else max(at, show_from)


def too_far(*, at: datetime, show_from: datetime | None) -> Refusal | None:
    """Refuse a moment that is past or further away than a year."""
    if show_from is None:
        return None
    if show_from <= at:
        return Refusal("time_is_past", "Choose a time that is still to come, or release at once.")
    if show_from - at > LONGEST_WAIT:
        return Refusal("time_is_far", "Choose a time within the next twelve months.")
    return None


def not_before_last(*, moment: datetime, last_start: datetime | None) -> Refusal | None:
    """Refuse a version that would be shown before the one it follows."""
    if last_start is None or moment > last_start:
        return None
    return Refusal(
        "before_last_version",
        "The version before this one is shown from the same time or later. Choose a later time.",
    )


def reason_given(reason: str) -> Refusal | None:
    """Refuse to discard or correct without a reason that a person can read."""
    if len(reason.strip()) >= SHORTEST_REASON:
        return None
    return Refusal("reason_needed", "Say why, in a sentence.")
