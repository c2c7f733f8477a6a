"""Before a dangerous act the person confirms once more who they are.

The confirmation counts for ``FRESH_FOR``. It is asked before the form is shown; a form that comes
later than that is kept, not carried out, and shown again after the confirmation.
"""

from __future__ import annotations

from datetime import UTC, datetime

from allauth.account.adapter import get_adapter
from allauth.account.authentication import get_authentication_records
from django.conf import settings
from django.contrib.auth import logout
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.http import urlencode

from accounts.actors import person_of
from accounts.kept_text import keep, page_of
from accounts.queries.people import has_second_step
from accounts.rules.freshness import Proof, is_fresh


def confirmed_lately(request: HttpRequest) -> bool:
    """Whether the signed-in person proved who they are a short while ago."""
    user = person_of(request)
    proofs = [
        Proof(str(record.get("method")), datetime.fromtimestamp(record["at"], UTC))
        for record in get_authentication_records(request, user)
    ]
    return is_fresh(
        proofs,
        at=request.arrived_at,  # type: ignore[attr-defined]
        within=settings.FRESH_FOR,
        has_second_step=has_second_step(user),
    )


def ask_to_confirm(request: HttpRequest) -> HttpResponse:
    """Lead to the confirmation and back; what was posted waits on the way back."""
    target = _way_back(request)
    methods = get_adapter().get_reauthentication_methods(request.user)
    if not methods:  # signed in by another office's account: they confirm there
        logout(request)
        return redirect_to_login(target)
    return HttpResponseRedirect(f"{methods[0]['url']}?{urlencode({'next': target})}")


def _way_back(request: HttpRequest) -> str:
    if request.method != "POST":
        return request.get_full_path()
    if keep(request, person_of(request).pk):
        return reverse("accounts:kept_text")
    return page_of(request) or reverse("dashboard")
