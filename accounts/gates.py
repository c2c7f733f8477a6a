"""Gates: every view says who may pass; what says nothing is refused by a house test.

A permission function takes the request and the route's arguments and returns None or a Refusal.
The same function gives the disabled button its reason.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render

from accounts.fresh_step import ask_to_confirm, confirmed_lately
from accounts.queries.people import lacks_second_step
from accounts.sign_in_again import ask_to_sign_in
from kit.refusals import NOT_FOUND, Refusal

View = Callable[..., HttpResponseBase]
Permission = Callable[..., Refusal | None]

NOBODY_KNOWS = Refusal(NOT_FOUND, "There is nothing at this address.")


def public(view: View) -> View:
    """Let anybody pass."""
    view.gate_name = "public"  # type: ignore[attr-defined]
    return view


def gate(permission: Permission, *, fresh: bool = False) -> Callable[[View], View]:
    """Let a signed-in person pass whom the permission function does not refuse.

    An officer of an agency without a second sign-in step is sent to set it up before anything
    but the pages about oneself.

    Args:
        permission: Returns None or why not.
        fresh: Whether the act is dangerous, so that the person confirms the sign-in once more
            (accounts/fresh_step.py); put it on the page that shows the form as well.
    """

    def decorate(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:  # noqa: ANN401
            if not request.user.is_authenticated:
                return ask_to_sign_in(request)
            if permission is not signed_in and lacks_second_step(request):
                return _to_second_step(request)
            refusal = permission(request, **kwargs)
            if refusal is not None:
                return refusal_page(request, refusal)
            if fresh and not confirmed_lately(request):
                return ask_to_confirm(request)
            return view(request, *args, **kwargs)

        guarded.gate_name = permission.__name__  # type: ignore[attr-defined]
        guarded.asks_fresh_step = fresh  # type: ignore[attr-defined]
        return guarded

    return decorate


def _to_second_step(request: HttpRequest) -> HttpResponse:
    messages.warning(
        request,
        "Officers of agencies confirm their sign-in with an authenticator app. Set it up first.",
    )
    return redirect("mfa_activate_totp")


def refusal_page(request: HttpRequest, refusal: Refusal) -> HttpResponse:
    """Answer a refusal at the door: 404 when it hides the object, 403 otherwise."""
    if refusal.hides_existence:
        return render(request, "404.html", status=404)
    return render(request, "refused.html", {"refusal": refusal}, status=403)


def signed_in(request: HttpRequest, **_route: object) -> Refusal | None:  # noqa: ARG001
    """Let everybody with an account pass; for pages about oneself."""
    return None
