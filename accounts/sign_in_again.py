"""Sending somebody to sign in without losing what they sent or where they were."""

from __future__ import annotations

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from accounts.kept_text import keep, page_of
from accounts.queries.sessions import person_of_session


def ask_to_sign_in(request: HttpRequest) -> HttpResponse:
    """Redirect to the sign-in page; text that was posted waits on the other side."""
    ended = getattr(request, "ended_sign_in", None)
    if ended is not None:
        messages.warning(request, f"{ended.refusal.sentence} Sign in to go on where you were.")
    if _is_fragment(request):
        answer = HttpResponse()
        target = redirect_to_login(page_of(request) or "/")["Location"]
        answer["HX-Redirect"] = target
        return answer
    return redirect_to_login(_way_back(request))


def _way_back(request: HttpRequest) -> str:
    if request.method != "POST":
        return request.get_full_path()
    person = _whose(request)
    if person is not None and not _is_background(request) and keep(request, person):
        return reverse("accounts:kept_text")
    return page_of(request) or request.get_full_path()


def _whose(request: HttpRequest) -> int | None:
    ended = getattr(request, "ended_sign_in", None)
    if ended is not None:
        return int(ended.person)
    key = request.COOKIES.get(settings.SESSION_COOKIE_NAME, "")
    return person_of_session(key) if key else None


def _is_background(request: HttpRequest) -> bool:
    """Whether a script sent this: it keeps its own copy until it is acknowledged."""
    return request.headers.get("X-Requested-With") == "XMLHttpRequest"


def _is_fragment(request: HttpRequest) -> bool:
    return request.headers.get("HX-Request") == "true"
