"""A request's sign-in: when it began, when it was last used, when it ends.

The times stand in Django's session, which every request reads anyway; the row of ``OpenSession``
follows once a minute.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from django.conf import settings
from django.http import HttpRequest

from accounts.actions.note_session import begin_session, note_session_end, touch_session
from accounts.actors import person_of
from accounts.models import User
from accounts.queries.officers import is_officer
from accounts.rules.devices import device_words
from accounts.rules.sessions import (
    SessionLimits,
    SessionTimes,
    ends_at,
    is_worth_noting,
    why_ended,
)
from kit.refusals import Refusal
from trail.queries.clock import database_now

KEY = "sign_in_clock"


@dataclass(frozen=True, slots=True)
class EndedSignIn:
    """A sign-in that this request found at its end."""

    person: int
    refusal: Refusal


def limits_of(*, short: bool) -> SessionLimits:
    """Return the limits: the short ones are those of officers of agencies."""
    idle = settings.SESSION_IDLE_OFFICERS if short else settings.SESSION_IDLE_OTHERS
    return SessionLimits(idle, settings.SESSION_ABSOLUTE)


def start_clock(
    sender: object,  # noqa: ARG001
    request: HttpRequest,
    user: User,
    **_signal: object,
) -> None:
    """Begin to count when somebody signs in, by whichever door (Django's signal)."""
    at = _now(request)
    _write(request, user.pk, began=at, seen=at)
    begin_session(
        user=user,
        at=at,
        session_key=request.session.session_key or "",
        device=device_words(request.headers.get("User-Agent", "")),
    )


def stop_clock(sender: object, request: HttpRequest, **_signal: object) -> None:  # noqa: ARG001
    """Note that somebody signed out (Django's signal)."""
    key = request.session.session_key
    if key:
        note_session_end(session_key=key, at=_now(request))


def end_of(request: HttpRequest) -> datetime | None:
    """Return when the sign-in ends if nothing more is done, or None where nobody is signed in."""
    kept = _read(request)
    return None if kept is None else ends_at(*kept)


def ended(request: HttpRequest, at: datetime) -> EndedSignIn | None:
    """Return why the sign-in of this request has ended, or None while it lasts."""
    kept = _read(request)
    if kept is None or not request.user.is_authenticated:
        return None
    refusal = why_ended(*kept, at)
    return None if refusal is None else EndedSignIn(request.user.pk, refusal)


def touch(request: HttpRequest, at: datetime) -> None:
    """Count this request as activity; a new role brings its limits with it."""
    if not request.user.is_authenticated:
        return
    kept = _read(request)
    if kept is None:  # signed in before the portal counted
        start_clock(None, request, person_of(request))
        return
    times = kept[0]
    if is_worth_noting(times, at):
        _write(request, request.user.pk, began=times.began_at, seen=at)
        touch_session(session_key=request.session.session_key or "", at=at)


def without_activity(view: Any) -> Any:  # noqa: ANN401 - any view
    """Mark a view that a page asks by itself: it does not keep a sign-in alive."""
    view.is_no_activity = True
    return view


def without_activity_when_polled(view: Any) -> Any:  # noqa: ANN401 - any view
    """Mark a page that a person opens and that then asks for itself again: only the first counts.

    htmx marks its own questions with a header. Whoever forges it only shortens their own sign-in.
    """
    view.is_polled = True
    return view


def is_activity(view: Any, request: HttpRequest) -> bool:  # noqa: ANN401 - any view
    """Whether a person's act lies behind this request for this view."""
    if getattr(view, "is_polled", False) and request.headers.get("HX-Request"):
        return False
    return not getattr(view, "is_no_activity", False)


def _now(request: HttpRequest) -> datetime:
    stamp: datetime | None = getattr(request, "arrived_at", None)
    return stamp or database_now()


def _write(request: HttpRequest, person: int, *, began: datetime, seen: datetime) -> None:
    request.session[KEY] = {
        "began": began.timestamp(),
        "seen": seen.timestamp(),
        "officer": is_officer(person),
    }


def _read(request: HttpRequest) -> tuple[SessionTimes, SessionLimits] | None:
    kept = request.session.get(KEY)
    if not kept:
        return None
    times = SessionTimes(_moment(kept["began"]), _moment(kept["seen"]))
    return times, limits_of(short=kept["officer"])


def _moment(stamp: float) -> datetime:
    return datetime.fromtimestamp(stamp, UTC)
