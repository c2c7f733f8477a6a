"""What every page knows of the sign-in."""

from __future__ import annotations

from functools import partial
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils.crypto import salted_hmac

from accounts.identity_provider import is_on
from accounts.session_clock import end_of


def sign_in(request: HttpRequest) -> dict[str, Any]:
    """How long the sign-in lasts, for the page's own clock.

    Asked only by the page that shows it: the page for failures must come up without a session.
    """
    return {
        "sign_in_clock": partial(_clock, request),
        "identity_name": settings.IDENTITY_NAME if is_on() else "",
    }


def _clock(request: HttpRequest) -> dict[str, Any] | None:
    end = end_of(request) if request.user.is_authenticated else None
    if end is None:
        return None
    left = end - request.arrived_at  # type: ignore[attr-defined]
    return {
        "seconds": max(0, int(left.total_seconds())),
        "warning": int(settings.SESSION_WARNING.total_seconds()),
        # Marks this person's drafts in the browser without naming anybody.
        "person": salted_hmac("drafts", str(request.user.pk)).hexdigest()[:16],
    }
