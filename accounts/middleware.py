"""Sign-ins end in time, and a view without a gate is never reached by accident."""

from __future__ import annotations

from collections.abc import Callable
from http import HTTPStatus
from typing import Any

from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse

from accounts.kept_text import forget, kept_for
from accounts.session_clock import ended, is_activity, touch
from accounts.sign_in_again import ask_to_sign_in


class SessionClockMiddleware:
    """End sign-ins that were idle or open for too long; count reading as activity.

    A request that comes too late goes on as an anonymous one: public pages stay open, gates ask
    to sign in again.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """End what has ended, answer, and forget kept text once it was accepted."""
        late = ended(request, request.arrived_at)  # type: ignore[attr-defined]
        if late is not None:
            logout(request)
            request.ended_sign_in = late  # type: ignore[attr-defined]
        response = self.get_response(request)
        if request.method == "POST" and response.status_code < HTTPStatus.BAD_REQUEST:
            _forget_what_arrived(request)
        return response

    def process_view(
        self,
        request: HttpRequest,
        view: Callable[..., Any],
        _args: tuple[Any, ...],
        _kwargs: dict[str, Any],
    ) -> None:
        """Count the request as activity, unless a page asked by itself."""
        if is_activity(view, request):
            touch(request, request.arrived_at)  # type: ignore[attr-defined]


def _forget_what_arrived(request: HttpRequest) -> None:
    if request.user.is_authenticated and not hasattr(request, "has_kept_text"):
        kept = kept_for(request)
        if kept is not None and kept.address == request.get_full_path():
            forget(request)


class SignInRequiredMiddleware:
    """Send anonymous people to sign in unless the view is public or a gated API view."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Go on; the decision is made in ``process_view``."""
        return self.get_response(request)

    def process_view(
        self,
        request: HttpRequest,
        view: Callable[..., Any],
        _args: tuple[Any, ...],
        _kwargs: dict[str, Any],
    ) -> HttpResponse | None:
        """Stop an anonymous request before a view that is not marked public."""
        if request.user.is_authenticated or getattr(view, "gate_name", "") == "public":
            return None
        return ask_to_sign_in(request)
