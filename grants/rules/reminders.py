"""When an unfinished proposal, or an unfinished review, is remembered."""

from collections.abc import Iterable
from datetime import datetime, timedelta

BEFORE_CLOSE = (timedelta(days=14), timedelta(days=3), timedelta(days=1), timedelta(hours=3))

# A review: once before its due date, at the date, and while it is late.
SOON = timedelta(days=3)
AROUND_DUE = (-SOON, timedelta(0), timedelta(days=3), timedelta(days=7), timedelta(days=14))


def next_reminder(closes_at: datetime, at: datetime) -> datetime | None:
    """The first reminder that still lies ahead; None when the close is too near.

    >>> from datetime import UTC
    >>> next_reminder(datetime(2026, 3, 20, tzinfo=UTC), datetime(2026, 3, 10, tzinfo=UTC)).day
    17
    """
    ahead = (closes_at - before for before in BEFORE_CLOSE)
    return next((moment for moment in ahead if moment > at), None)


def next_review_reminder(due: Iterable[datetime], at: datetime) -> datetime | None:
    """The first reminder of unfinished reviews that still lies ahead, if any does.

    >>> from datetime import UTC
    >>> next_review_reminder([datetime(2026, 3, 20, tzinfo=UTC)], datetime(2026, 3, 18, tzinfo=UTC))
    datetime.datetime(2026, 3, 20, 0, 0, tzinfo=datetime.timezone.utc)
    """
    moments = (moment + shift for moment in due for shift in AROUND_DUE)
    return min((moment for moment in moments if moment > at), default=None)
