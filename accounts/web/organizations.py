"""An organization's own pages: register it, see it, keep its details and its family right."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.actions.create_organization import change_organization, create_organization
from accounts.actions.join_family import join_family, leave_family
from accounts.actors import actor_of, arrival_of, person_of
from accounts.forms.organizations import (
    FindOrganizationForm,
    InviteMemberForm,
    OrganizationForm,
    ParentForm,
    details_of,
)
from accounts.gates import gate, signed_in
from accounts.models import Organization
from accounts.permissions.organizations import (
    administrator_of_organization,
    member_of_organization,
)
from accounts.queries.belonging import open_to, requests_of
from accounts.queries.duplicates import alike_by_name, has_same_ein
from accounts.queries.people import invitations_for, memberships_of
from accounts.web.organization_pages import organization_at, organization_page
from kit.refusals import Refused


@gate(signed_in)
@require_safe
def organizations(request: HttpRequest) -> HttpResponse:
    """Show where one belongs, where one could, and how to get there."""
    user, at = person_of(request), arrival_of(request)
    context = {
        "memberships": list(memberships_of(user)),
        "open_to": list(open_to(user)),
        "requests": list(requests_of(user)),
        "invitations": list(invitations_for(user, at)),
        "form": FindOrganizationForm(),
    }
    return render(request, "accounts/organizations/organizations.html", context)


@gate(signed_in)
@require_http_methods(["GET", "POST"])
def new_organization(request: HttpRequest) -> HttpResponse:
    """Register the organization one works for; one that reads alike is shown first."""
    form = OrganizationForm(request.POST or None)
    context: dict[str, object] = {"form": form}
    if request.method == "POST" and form.is_valid():
        details = form.details()
        twins = alike_by_name(details.legal_name)
        is_known_number = has_same_ein(details.ein)
        if (twins or is_known_number) and "is_another" not in request.POST:
            context |= {"twins": twins, "is_known_number": is_known_number}
        else:
            row = _create(request, form)
            if row is not None:
                return redirect("accounts:organization", organization=row.case.reference)
    return render(request, "accounts/organizations/new_organization.html", context)


@gate(member_of_organization)
@require_safe
def organization(request: HttpRequest, organization: str) -> HttpResponse:
    """Show an organization to its members."""
    return organization_page(request, organization, InviteMemberForm())


@gate(administrator_of_organization)
@require_http_methods(["GET", "POST"])
def edit_organization(request: HttpRequest, organization: str) -> HttpResponse:
    """Change what the organization says of itself."""
    row = organization_at(organization)
    form = OrganizationForm(request.POST or None, initial=details_of(row))
    if request.method == "POST" and form.is_valid() and _change(request, row, form):
        messages.success(request, "The details are saved.")
        return redirect("accounts:organization", organization=organization)
    context = {"form": form, "organization": row}
    return render(request, "accounts/organizations/edit_organization.html", context)


@gate(administrator_of_organization)
@require_http_methods(["GET", "POST"])
def name_parent(request: HttpRequest, organization: str) -> HttpResponse:
    """Say which organization this one belongs to."""
    row = organization_at(organization)
    form = ParentForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            join_family(
                actor=actor_of(request),
                at=arrival_of(request),
                organization=row,
                parent=form.cleaned_data["parent"],
                key=request.POST.get("idempotency_key", ""),
            )
        except Refused as refused:
            form.add_error("parent", refused.refusal.sentence)
        else:
            messages.success(request, "The parent organization is named. Its members see it too.")
            return redirect("accounts:organization", organization=organization)
    context = {"form": form, "organization": row}
    return render(request, "accounts/organizations/name_parent.html", context)


@require_POST
@gate(administrator_of_organization)
def end_family(request: HttpRequest, organization: str) -> HttpResponse:
    """End a tie to the parent: this organization's own, or that of one that names it."""
    row = organization_at(organization)
    child = row.subsidiaries.filter(case__reference=request.POST.get("subsidiary", "")).first()
    leave_family(
        actor=actor_of(request),
        at=arrival_of(request),
        organization=child or row,
        key=request.POST.get("idempotency_key", ""),
    )
    messages.success(request, "The tie has ended. Both organizations' records say so.")
    return redirect("accounts:organization", organization=organization)


def _create(request: HttpRequest, form: OrganizationForm) -> Organization | None:
    try:
        row = create_organization(
            actor=actor_of(request),
            at=arrival_of(request),
            details=form.details(),
            founder=person_of(request),
            key=request.POST.get("idempotency_key", ""),
        )
    except Refused as refused:
        form.add_error(_field_of(refused), refused.refusal.sentence)
        return None
    messages.success(request, "The organization is registered and you are its administrator.")
    return row


def _change(request: HttpRequest, row: Organization, form: OrganizationForm) -> bool:
    try:
        change_organization(
            actor=actor_of(request),
            at=arrival_of(request),
            organization=row,
            details=form.details(),
            key=request.POST.get("idempotency_key", ""),
        )
    except Refused as refused:
        form.add_error(_field_of(refused), refused.refusal.sentence)
        return False
    return True


def _field_of(refused: Refused) -> str | None:
    fields = {"uei_taken": "uei", "unreadable_name": "legal_name"}
    return fields.get(refused.refusal.code)
