"""Where you are signed in, and the clock that every page shows."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from accounts.actions.note_session import end_sessions
from accounts.actors import arrival_of, person_of
from accounts.forms.sessions import EndSessionForm
from accounts.gates import gate, public, signed_in
from accounts.queries.officers import is_officer
from accounts.queries.sessions import open_sessions
from accounts.rules.sessions import in_words
from accounts.session_clock import end_of, limits_of, without_activity


@gate(signed_in)
def sessions(request: HttpRequest) -> HttpResponse:
    """List the browsers in which one is signed in."""
    at = arrival_of(request)
    limits = limits_of(short=is_officer(person_of(request).pk))
    context = {
        "sessions": open_sessions(person_of(request), at),
        "own_key": request.session.session_key,
        "idle": in_words(limits.idle),
        "absolute": in_words(limits.absolute),
    }
    return render(request, "accounts/sessions/sessions.html", context)


@require_POST
@gate(signed_in, fresh=True)
def end(request: HttpRequest) -> HttpResponse:
    """End one other sign-in."""
    form = EndSessionForm(request.POST, user=person_of(request))
    if form.is_valid():
        row = form.cleaned_data["session"]
        end_sessions(
            user=person_of(request),
            at=arrival_of(request),
            keep=request.session.session_key or "",
            only=row.pk,
        )
        messages.success(request, f"{row.device} is signed out.")
    return redirect("accounts:sessions")


@require_POST
@gate(signed_in, fresh=True)
def end_others(request: HttpRequest) -> HttpResponse:
    """End every sign-in but this one."""
    count = end_sessions(
        user=person_of(request),
        at=arrival_of(request),
        keep=request.session.session_key or "",
    )
    said = "You were signed in nowhere else." if count == 0 else "You are signed in here only."
    messages.success(request, said)
    return redirect("accounts:sessions")


@public
@require_GET
@never_cache
@without_activity
def clock(request: HttpRequest) -> HttpResponse:
    """Tell a page how many seconds are left; asking does not count as activity."""
    return _seconds(request)


@public
@require_GET
@never_cache
def stay(request: HttpRequest) -> HttpResponse:
    """Stay signed in: this request counts as activity, like every other page."""
    return _seconds(request)


def _seconds(request: HttpRequest) -> JsonResponse:
    end_at = end_of(request) if request.user.is_authenticated else None
    left = 0.0
    if end_at is not None:
        left = (end_at - request.arrived_at).total_seconds()  # type: ignore[attr-defined]
    return JsonResponse({"seconds": max(0, int(left))})
