"""Sign-ins are noted: begun, used, ended."""

from __future__ import annotations

from datetime import datetime

from django.contrib.sessions.models import Session
from django.db import transaction

from accounts.models import OpenSession, User


def begin_session(*, user: User, at: datetime, session_key: str, device: str) -> OpenSession:
    """Note a new sign-in."""
    row, _ = OpenSession.objects.update_or_create(
        session_key=session_key,
        defaults={
            "user": user,
            "device": device,
            "began_at": at,
            "seen_at": at,
            "ended_at": None,
        },
    )
    return row


def touch_session(*, session_key: str, at: datetime) -> None:
    """Note that a sign-in is in use."""
    OpenSession.objects.filter(session_key=session_key, ended_at=None).update(seen_at=at)


def note_session_end(*, session_key: str, at: datetime) -> None:
    """Note that a sign-in is over."""
    OpenSession.objects.filter(session_key=session_key, ended_at=None, began_at__lte=at).update(
        ended_at=at
    )


@transaction.atomic
def end_sessions(*, user: User, at: datetime, keep: str = "", only: int | None = None) -> int:
    """End a person's sign-ins and return how many there were.

    Side effects: the next request of those browsers is anonymous.

    Args:
        user: Whose.
        at: When.
        keep: Key of the sign-in that stays: the one that asks.
        only: Key of the one row to end; otherwise all.
    """
    rows = OpenSession.objects.select_for_update().filter(user=user, ended_at=None)
    rows = rows.exclude(session_key=keep) if keep else rows
    if only is not None:
        rows = rows.filter(pk=only)
    ended = list(rows.values_list("pk", "session_key"))
    Session.objects.filter(session_key__in=[key for _, key in ended]).delete()
    OpenSession.objects.filter(pk__in=[pk for pk, _ in ended], began_at__lte=at).update(ended_at=at)
    return len(ended)
