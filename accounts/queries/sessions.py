"""Where a person is signed in."""

from __future__ import annotations

from datetime import datetime

from django.contrib.sessions.models import Session

from accounts.models import OpenSession, User


def open_sessions(user: User, at: datetime) -> list[OpenSession]:
    """Return the sign-ins that still open something, the last used first."""
    rows = list(OpenSession.objects.filter(user=user, ended_at=None).order_by("-seen_at"))
    keys = [row.session_key for row in rows]
    alive = set(
        Session.objects.filter(session_key__in=keys, expire_date__gt=at).values_list(
            "session_key", flat=True
        )
    )
    return [row for row in rows if row.session_key in alive]


def person_of_session(session_key: str) -> int | None:
    """Return whose sign-in a key was, also after its end."""
    rows = OpenSession.objects.filter(session_key=session_key)
    return rows.values_list("user_id", flat=True).first()
