"""Every request has an id that its log lines and its answer carry."""

from __future__ import annotations

import logging
import time
import uuid
from collections.abc import Callable

import structlog
from django.http import HttpRequest, HttpResponse

logger = logging.getLogger("clusters_portal.requests")


class RequestIdMiddleware:
    """Bind a fresh id to the logs, return it as ``X-Request-ID``, and log one line."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Bind, answer, log, unbind."""
        request_id, begun = uuid.uuid4().hex, time.perf_counter()
        with structlog.contextvars.bound_contextvars(request_id=request_id):
            response = self.get_response(request)
            milliseconds = round((time.perf_counter() - begun) * 1000, 1)
            facts = {
                "method": request.method,
                "view": _view_name(request),
                "status": response.status_code,
                "milliseconds": milliseconds,
                "person": _person(request),
            }
            logger.info("request", extra={"facts": facts})
        response["X-Request-ID"] = request_id
        return response


def _person(request: HttpRequest) -> int | None:
    """The number of whoever was recognised, never a name or address; asks nobody anew."""
    user = getattr(request, "_cached_user", None)
    return user.pk if user is not None else None


def _view_name(request: HttpRequest) -> str:
    """The route's name, never the address: addresses hold references and invitation tokens."""
    match = request.resolver_match
    return match.view_name if match is not None else ""
