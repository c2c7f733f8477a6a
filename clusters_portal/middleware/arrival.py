"""Arrival decides, not processing (docs/decisions/0002): the outermost thing a request meets."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

from django.conf import settings
from django.http import HttpRequest, HttpResponse

HEADER = "X-Request-Arrived"
LONGEST_QUEUE = timedelta(seconds=120)


class ArrivalMiddleware:
    """Set ``request.arrived_at``.

    The front's stamp counts only when the peer is a trusted front and the stamp lies within the
    last two minutes; otherwise the first moment that the application saw the request counts.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Stamp, then go on."""
        seen = datetime.now(UTC)
        request.arrived_at = _front_stamp(request, seen) or seen  # type: ignore[attr-defined]
        return self.get_response(request)


def _front_stamp(request: HttpRequest, seen: datetime) -> datetime | None:
    if request.META.get("REMOTE_ADDR", "") not in settings.TRUSTED_FRONTS:
        return None
    try:
        stamp = datetime.fromtimestamp(float(request.headers.get(HEADER, "")), UTC)
    except (ValueError, OverflowError, OSError):
        return None
    return stamp if timedelta(0) <= seen - stamp <= LONGEST_QUEUE else None
