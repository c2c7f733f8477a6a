"""The people of an organization: invite, answer, remove, leave."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_POST

from accounts.actions.join_organization import (
    Invitee,
    answer_organization_invitation,
    invite_to_organization,
    leave_organization,
)
from accounts.actors import actor_of, arrival_of, person_of
from accounts.forms.organizations import EndMembershipForm, InviteMemberForm
from accounts.gates import gate, signed_in
from accounts.permissions.organizations import (
    administrator_of_organization,
    member_of_organization,
)
from accounts.queries.people import invitations_for
from accounts.web.organization_pages import organization_at, organization_page
from kit.refusals import Refused


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
                organization=organization_at(organization),
                invitee=Invitee(**form.cleaned_data),
            )
        except Refused as refused:
            form.add_error("email", refused.refusal.sentence)
        else:
            email = form.cleaned_data["email"]
            messages.success(request, f"We wrote to {email}. The invitation is open for 30 days.")
            return redirect("accounts:organization", organization=organization)
    return organization_page(request, organization, form)


@require_POST
@gate(administrator_of_organization)
def end_membership(request: HttpRequest, organization: str) -> HttpResponse:
    """Remove a member."""
    form = EndMembershipForm(request.POST, organization=organization_at(organization))
    if form.is_valid():
        role = form.cleaned_data["member"]
        try:
            leave_organization(actor=actor_of(request), at=arrival_of(request), role=role)
        except Refused as refused:
            messages.error(request, refused.refusal.sentence)
        else:
            messages.success(request, f"{role.user} no longer belongs to the organization.")
    return _back(request, organization)


@require_POST
@gate(member_of_organization)
def leave(request: HttpRequest, organization: str) -> HttpResponse:
    """Leave; the last administrator cannot."""
    row = organization_at(organization)
    role = row.roles.get(user=person_of(request), until=None)
    try:
        leave_organization(actor=actor_of(request), at=arrival_of(request), role=role)
    except Refused as refused:
        messages.error(request, refused.refusal.sentence)
    else:
        messages.success(request, f"You no longer belong to {row.legal_name}.")
    return _back(request, organization)


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


def _back(request: HttpRequest, organization: str) -> HttpResponse:
    if member_of_organization(request, organization=organization) is None:
        return redirect("accounts:organization", organization=organization)
    return redirect("accounts:profile")
