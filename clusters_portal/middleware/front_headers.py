"""What only the trusted front may say: whose request it is, and over which scheme it came.

Anybody can send ``X-Forwarded-For``. From a stranger such headers are dropped before anything
reads them; from the trusted front the reader's address becomes ``REMOTE_ADDR``, so that limits
on guessing count people and not the front.
"""

from __future__ import annotations

import ipaddress
from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse

FORWARDED = (
    "HTTP_X_FORWARDED_FOR",
    "HTTP_X_FORWARDED_PROTO",
    "HTTP_X_FORWARDED_HOST",
    "HTTP_X_FORWARDED_PORT",
    "HTTP_X_REAL_IP",
    "HTTP_FORWARDED",
)


class FrontHeadersMiddleware:
    """Believe forwarded headers from trusted fronts only; stands after the arrival stamp."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Take the reader's address from the front, or forget what was claimed."""
        if request.META.get("REMOTE_ADDR", "") in settings.TRUSTED_FRONTS:
            reader = _address(request.headers.get("x-forwarded-for", ""))
            request.META["REMOTE_ADDR"] = reader or request.META["REMOTE_ADDR"]
        else:
            for name in FORWARDED:
                request.META.pop(name, None)
        return self.get_response(request)


def _address(forwarded: str) -> str:
    """Return the last address, the one that the front itself saw; "" when it is none.

    >>> _address("198.51.100.7, 203.0.113.9")
    '203.0.113.9'
    >>> _address("somewhere")
    ''
    """
    last = forwarded.rpartition(",")[2].strip()
    try:
        return str(ipaddress.ip_address(last))
    except ValueError:
        return ""
