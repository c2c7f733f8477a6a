"""Dates are shown in the reader's zone."""

from __future__ import annotations

import zoneinfo
from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.utils import timezone

DEFAULT_ZONE = "America/New_York"


class ReaderZoneMiddleware:
    """Activate the zone of the signed-in person, or the default agency's."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer in the reader's zone."""
        name = getattr(request.user, "time_zone", "") or DEFAULT_ZONE
        with timezone.override(zoneinfo.ZoneInfo(name)):
            return self.get_response(request)
