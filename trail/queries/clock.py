"""The one clock that decides: the database's."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import connection

LONGEST_QUEUE = timedelta(seconds=120)


def database_now() -> datetime:
    """Return the database's wall clock, which moves within a transaction."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT clock_timestamp()")
        (now,) = cursor.fetchone()
    return now  # type: ignore[no-any-return]


def received_at(stamp: datetime) -> datetime:
    """Return when a request counts as received: its stamp, if the database finds it plausible.

    A request that queued for up to two minutes keeps its place; a stamp of the future or an
    older one is replaced by the database's own time (docs/decisions/0002).
    """
    now = database_now()
    return stamp if timedelta(0) <= now - stamp <= LONGEST_QUEUE else now
