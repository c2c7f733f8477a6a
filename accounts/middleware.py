"""Deny by default: a view without a gate is never reached by accident."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse


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
        return redirect_to_login(request.get_full_path())
