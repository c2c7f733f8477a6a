"""When an unfinished proposal is remembered before the close."""

from datetime import datetime, timedelta

BEFORE_CLOSE = (timedelta(days=14), timedelta(days=3), timedelta(days=1), timedelta(hours=3))


def next_reminder(closes_at: datetime, at: datetime) -> datetime | None:
    """The first reminder that still lies ahead; None when the close is too near.

    >>> from datetime import UTC
    >>> next_reminder(datetime(2026, 3, 20, tzinfo=UTC), datetime(2026, 3, 10, tzinfo=UTC)).day
    17
    """
    ahead = (closes_at - before for before in BEFORE_CLOSE)
    return next((moment for moment in ahead if moment > at), None)
