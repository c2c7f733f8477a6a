"""Organizations: register one, see its members, invite, answer, leave."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from accounts.actions.create_organization import OrganizationDetails, create_organization
from accounts.actions.join_organization import (
    Invitee,
    answer_organization_invitation,
    invite_to_organization,
    leave_organization,
)
from accounts.actors import actor_of, arrival_of, person_of
from accounts.forms.people import EndMembershipForm, InviteMemberForm, OrganizationForm
from accounts.gates import gate, signed_in
from accounts.models import Organization
from accounts.permissions.organizations import (
    administrator_of_organization,
    member_of_organization,
)
from accounts.queries.people import invitations_for
from kit.refusals import Refused


@gate(signed_in)
def new_organization(request: HttpRequest) -> HttpResponse:
    """Register the organization one works for."""
    form = OrganizationForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            organization = create_organization(
                actor=actor_of(request),
                at=arrival_of(request),
                details=OrganizationDetails(**form.cleaned_data),
                founder=person_of(request),
                key=request.POST.get("idempotency_key", ""),
            )
        except Refused as refused:
            form.add_error("uei", refused.refusal.sentence)
        else:
            messages.success(
                request, "The organization is registered and you are its administrator."
            )
            return redirect("accounts:organization", organization=organization.case.reference)
    return render(request, "accounts/organizations/new_organization.html", {"form": form})


@gate(member_of_organization)
def organization(request: HttpRequest, organization: str) -> HttpResponse:
    """Show an organization to its members."""
    return _page(request, organization, InviteMemberForm())


@require_POST
@gate(administrator_of_organization)
def invite_member(request: HttpRequest, organization: str) -> HttpResponse:
    """Ask an address to join."""
    form = InviteMemberForm(request.POST)
    if form.is_valid():
        try:
            invite_to_organization(
                actor=actor_of(request),
                at=arrival_of(request),
                organization=_found(organization),
                invitee=Invitee(**form.cleaned_data),
            )
        except Refused as refused:
            form.add_error("email", refused.refusal.sentence)
        else:
            email = form.cleaned_data["email"]
            messages.success(request, f"We wrote to {email}. The invitation is open for 30 days.")
            return redirect("accounts:organization", organization=organization)
    return _page(request, organization, form)


@require_POST
@gate(administrator_of_organization)
def end_membership(request: HttpRequest, organization: str) -> HttpResponse:
    """Remove a member."""
    form = EndMembershipForm(request.POST, organization=_found(organization))
    if form.is_valid():
        role = form.cleaned_data["member"]
        leave_organization(actor=actor_of(request), at=arrival_of(request), role=role)
        messages.success(request, f"{role.user} no longer belongs to the organization.")
    if _is_member(request, organization):
        return redirect("accounts:organization", organization=organization)
    return redirect("accounts:profile")


@require_POST
@gate(signed_in)
def answer_invitation(request: HttpRequest, organization: str) -> HttpResponse:
    """Join or decline; the invitation is found by the person's own verified address."""
    user, at = person_of(request), arrival_of(request)
    invitation = get_object_or_404(
        invitations_for(user, at), organization__case__reference=organization
    )
    is_accepted = request.POST.get("answer") == "accept"
    answer_organization_invitation(
        actor=actor_of(request), at=at, invitation=invitation, user=user, is_accepted=is_accepted
    )
    name = invitation.organization.legal_name
    said = f"You now belong to {name}." if is_accepted else f"You declined to join {name}."
    messages.success(request, said)
    return redirect("accounts:profile")


def _page(request: HttpRequest, reference: str, form: InviteMemberForm) -> HttpResponse:
    row = _found(reference)
    members = row.roles.filter(until=None).select_related("user").order_by("user__name")
    context = {
        "organization": row,
        "members": list(members),
        "invitations": row.invitations.filter(answered_at=None).order_by("-invited_at"),
        "refusal": administrator_of_organization(request, organization=reference),
        "form": form,
    }
    return render(request, "accounts/organizations/organization.html", context)


def _found(reference: str) -> Organization:
    return get_object_or_404(Organization.objects.select_related("case"), case__reference=reference)


def _is_member(request: HttpRequest, organization: str) -> bool:
    return member_of_organization(request, organization=organization) is None
