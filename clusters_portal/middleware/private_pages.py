"""What a signed-in person reads is kept by no cache, neither a proxy's nor the browser's."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

PRIVATE = "private, no-store"


class PrivatePagesMiddleware:
    """Say ``no-store`` for every answer to a signed-in person that says nothing else."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer; stands inside the middleware that knows who is asking."""
        was_signed_in = request.user.is_authenticated
        response = self.get_response(request)
        # Signing in and out are private too: the one makes the session, the other ends it.
        if was_signed_in or request.user.is_authenticated:
            response.setdefault("Cache-Control", PRIVATE)
        return response
