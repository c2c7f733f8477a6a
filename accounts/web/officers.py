"""An agency's officers: its administrators give and end roles."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from accounts.actions.grant_agency_role import end_agency_role, grant_agency_role
from accounts.actors import actor_of, arrival_of
from accounts.forms.people import EndRoleForm, GrantRoleForm
from accounts.gates import gate
from accounts.models import Agency
from accounts.permissions.officers import administrator_of_agency
from accounts.rules.roles import ROLE_LABELS
from kit.refusals import Refused
from trail.queries.timeline import timeline


@gate(administrator_of_agency, fresh=True)
def officers(request: HttpRequest, agency: str) -> HttpResponse:
    """Show who holds which role."""
    return _page(request, agency, GrantRoleForm())


@require_POST
@gate(administrator_of_agency, fresh=True)
def grant_role(request: HttpRequest, agency: str) -> HttpResponse:
    """Give a role."""
    form = GrantRoleForm(request.POST)
    if form.is_valid():
        user, role = form.cleaned_data["user"], form.cleaned_data["role"]
        try:
            grant_agency_role(
                actor=actor_of(request),
                at=arrival_of(request),
                agency=_found(agency),
                user=user,
                role=role,
            )
        except Refused as refused:
            form.add_error(None, refused.refusal.sentence)
        else:
            said = f"{user} now holds the role “{ROLE_LABELS[role]}”. The agency's trail says so."
            messages.success(request, said)
            return redirect("accounts:officers", agency=agency)
    return _page(request, agency, form)


@require_POST
@gate(administrator_of_agency, fresh=True)
def end_role(request: HttpRequest, agency: str) -> HttpResponse:
    """End a role."""
    form = EndRoleForm(request.POST, agency=_found(agency))
    if form.is_valid():
        role = form.cleaned_data["role"]
        end_agency_role(actor=actor_of(request), at=arrival_of(request), role=role)
        messages.success(request, f"The role “{role.label}” of {role.user} has ended.")
    if administrator_of_agency(request, agency=agency) is None:
        return redirect("accounts:officers", agency=agency)
    return redirect("accounts:profile")


def _page(request: HttpRequest, reference: str, form: GrantRoleForm) -> HttpResponse:
    agency = _found(reference)
    roles = agency.roles.filter(until=None).select_related("user").order_by("role", "user__name")
    moments = [
        {"at": m.at, "title": _title(m.verb, m.facts.get("role", "")), "who": m.actor_name}
        for m in timeline(agency.case)[:20]
    ]
    context = {"agency": agency, "roles": list(roles), "form": form, "moments": moments}
    return render(request, "accounts/officers/officers.html", context)


def _title(verb: str, role: str) -> str:
    titles = {
        "grant_role": "Role given",
        "end_role": "Role ended",
        "found_agency": "Agency joined the portal",
        "open_case": "File opened",
    }
    label = dict(ROLE_LABELS).get(role, "")  # type: ignore[call-overload]
    return f"{titles.get(verb, verb.replace('_', ' ').capitalize())}{': ' if label else ''}{label}"


def _found(reference: str) -> Agency:
    return get_object_or_404(Agency.objects.select_related("case"), case__reference=reference)
