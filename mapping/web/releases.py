"""Data releases for officers: what is loaded, with reports, and which data count."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from accounts.actors import actor_of, arrival_of
from accounts.gates import gate
from kit.references import is_reference
from mapping.actions.choose_basis import UnknownBasis, choose_basis
from mapping.permissions import may_load_data, may_see_releases, may_switch_basis
from mapping.queries.pages_releases import releases_page


@gate(may_see_releases)
def releases(request: HttpRequest) -> HttpResponse:
    """List releases, definition sets and files with their reports."""
    context = {"page": releases_page(), "refusal": may_switch_basis(request)}
    context["load_refusal"] = may_load_data(request)
    return render(request, "mapping/releases/releases.html", context)


@gate(may_switch_basis)
@require_POST
def switch(request: HttpRequest) -> HttpResponse:
    """Make the named Basis the one that figures and decisions rest on."""
    reference = request.POST.get("basis", "")
    if not is_reference(reference):
        raise UnknownBasis
    basis = choose_basis(
        actor=actor_of(request),
        at=arrival_of(request),
        reference=reference,
        key=request.POST.get("idempotency_key", "")[:64],
    )
    messages.success(
        request,
        f"From now on figures and new decisions rest on {basis}. "
        "Decisions already made keep the data they rest on.",
    )
    return redirect("mapping:releases")
