"""What every page knows of the sign-in."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils.crypto import salted_hmac

from accounts.session_clock import end_of


def sign_in(request: HttpRequest) -> dict[str, Any]:
    """How long the sign-in lasts, for the page's own clock; nothing for anonymous visitors."""
    user = getattr(request, "user", None)
    if user is None or not user.is_authenticated:
        return {}
    end = end_of(request)
    if end is None:
        return {}
    left = end - request.arrived_at  # type: ignore[attr-defined]
    return {
        "sign_in_clock": {
            "seconds": max(0, int(left.total_seconds())),
            "warning": int(settings.SESSION_WARNING.total_seconds()),
            # Marks this person's drafts in the browser without naming anybody.
            "person": salted_hmac("drafts", str(user.pk)).hexdigest()[:16],
        }
    }
