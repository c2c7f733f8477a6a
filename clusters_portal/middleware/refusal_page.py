"""A refusal that no view has turned into words at the field becomes a page of its own."""

from __future__ import annotations

from collections.abc import Callable
from http import HTTPStatus

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from kit.refusals import Refused
from trail.actions.claim_key import KEY_REUSED


class RefusalPageMiddleware:
    """Turn ``Refused`` into a page that says why and what to do."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Go on; the work is done in ``process_exception``."""
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """Answer a refusal: 404 when it hides the object, 422 for a used key, 409 otherwise."""
        if not isinstance(exception, Refused):
            return None
        refusal = exception.refusal
        if refusal.hides_existence:
            return render(request, "404.html", status=404)
        status = (
            HTTPStatus.UNPROCESSABLE_ENTITY if refusal.code == KEY_REUSED else HTTPStatus.CONFLICT
        )
        return render(request, "refused.html", {"refusal": refusal}, status=status)
