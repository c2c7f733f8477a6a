"""Start a group, or change one: where and what, with the figures at once."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from accounts.actors import actor_of, arrival_of, person_of
from accounts.gates import gate, signed_in
from certification.actions.edit_group import edit_group
from certification.actions.start_group import start_group
from certification.forms.groups import GroupForm, NameForm, PlaceForm, initial_of
from certification.permissions.groups import administers_group
from certification.queries.current_data import basis_or_none
from certification.queries.live_applications import region_is_fixed
from certification.queries.region_check import RegionCheck, region_check
from certification.web.group_pages import group_at, group_page
from kit.refusals import Refused
from mapping.models import Basis

START = "certification/groups/start.html"


@gate(signed_in)
@require_http_methods(["GET", "POST"])
def start(request: HttpRequest) -> HttpResponse:
    """Ask where and what; measure at once; start the group."""
    basis = basis_or_none()
    if basis is None:
        return render(request, "certification/groups/no_data.html")
    form = GroupForm(request.POST or None, basis=basis)
    if "measure" in request.POST:
        return _measured(request, basis, {"form": _unjudged(form)})
    if request.method == "POST" and form.is_valid():
        group = start_group(
            actor=actor_of(request),
            at=arrival_of(request),
            founder=person_of(request),
            draft=form.draft(),
            key=request.POST.get("idempotency_key", ""),
        )
        messages.success(request, f"{group} is started. Its reference is {group.reference}.")
        return redirect("certification:group", group.reference)
    if form.is_bound:
        return _measured(request, basis, {"form": form})
    return render(request, START, {"form": form, "basis": basis})


@gate(signed_in)
@require_POST
def measure(request: HttpRequest) -> HttpResponse:
    """Answer with the figures of what is chosen: a fragment of the page."""
    basis = basis_or_none()
    context = {"found": _found(request, basis) if basis else None, "basis": basis}
    return render(request, f"{START}#panel", context)


@gate(administers_group)
@require_http_methods(["GET", "POST"])
def edit(request: HttpRequest, group: str) -> HttpResponse:
    """Change name and purpose; cluster and region while no application is under way."""
    here = group_at(request, group)
    basis = basis_or_none()
    fixed = region_is_fixed(here)
    context = group_page(request, group, "Overview") | {"fixed": fixed, "basis": basis}
    is_whole = fixed is None and basis is not None
    form: GroupForm | NameForm
    if is_whole:
        form = GroupForm(request.POST or None, initial=initial_of(here), basis=basis)
    else:
        form = NameForm(request.POST or None, initial=initial_of(here))
    context["form"] = form
    if "measure" in request.POST and basis is not None:
        context["form"] = _unjudged(form)
        return _measured(request, basis, context, "certification/groups/edit.html")
    if request.method == "POST" and form.is_valid():
        draft = form.draft() if isinstance(form, GroupForm) else form.draft_for(here)
        try:
            edit_group(
                actor=actor_of(request),
                at=arrival_of(request),
                group=here,
                draft=draft,
                key=request.POST.get("idempotency_key", ""),
            )
        except Refused as refused:
            form.add_error(None, refused.refusal.sentence)
        else:
            messages.success(request, "The changes are saved.")
            return redirect("certification:group", group)
    return render(request, "certification/groups/edit.html", context)


def _measured(
    request: HttpRequest, basis: Basis, context: dict[str, Any], template: str = START
) -> HttpResponse:
    context |= {"found": _found(request, basis), "basis": basis}
    return render(request, template, context)


def _found(request: HttpRequest, basis: Basis) -> RegionCheck | None:
    place = PlaceForm(request.POST, basis=basis)
    if not place.is_valid() or place.region is None:
        return None
    on = arrival_of(request).date()
    region = place.region
    return region_check(basis, region.fips, place.cleaned_data["cluster"], region.name, on)


def _unjudged(form: GroupForm | NameForm) -> GroupForm | NameForm:
    """Keep what was typed, but do not complain about what is still empty."""
    form.full_clean()
    for name in list(form.errors):
        if not form.data.get(name):
            del form.errors[name]
    return form
