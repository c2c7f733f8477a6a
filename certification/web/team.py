"""Who acts for a group: seats and invitations to them."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from accounts.actors import actor_of, arrival_of, person_of
from accounts.gates import gate, signed_in
from certification.actions.accept_seat import accept_seat, decline_seat
from certification.actions.end_seat import end_seat
from certification.actions.invite_to_seat import invite_to_seat, take_back_seat_invitation
from certification.forms.team import SeatForm
from certification.models import SeatInvitation
from certification.permissions.groups import administers_group, reads_group
from certification.permissions.seats import was_invited
from certification.queries.seats import (
    NO_SEAT_LINK,
    invitation_by_token,
    open_seat_invitations,
    open_seats,
    seat_link_refusal,
)
from certification.rules.groups import SEAT_ROLE_WORDS, SeatRole
from certification.web.group_pages import group_at, group_page
from kit.refusals import Refused


@gate(reads_group)
@require_http_methods(["GET"])
def team(request: HttpRequest, group: str) -> HttpResponse:
    """List the seats, the open invitations, and a form to ask somebody."""
    return _team(request, group, SeatForm())


@gate(administers_group)
@require_POST
def invite(request: HttpRequest, group: str) -> HttpResponse:
    """Ask somebody to take a seat."""
    form = SeatForm(request.POST)
    if form.is_valid():
        try:
            invitation = invite_to_seat(
                actor=actor_of(request),
                at=arrival_of(request),
                group=group_at(request, group),
                invitee=form.invitee(),
                key=request.POST.get("idempotency_key", ""),
            )
        except Refused as refused:
            form.add_error("email", refused.refusal.sentence)
        else:
            text = f"We have written to {invitation.email}. The link works for 30 days."
            messages.success(request, text)
            return redirect("certification:team", group)
    return _team(request, group, form)


@gate(administers_group)
@require_POST
def take_back(request: HttpRequest, group: str, invitation: str) -> HttpResponse:
    """Close an invitation that nobody has accepted."""
    row = get_object_or_404(group_at(request, group).seat_invitations, reference=invitation)
    take_back_seat_invitation(actor=actor_of(request), at=arrival_of(request), invitation=row)
    messages.success(request, f"The invitation of {row.name} no longer works.")
    return redirect("certification:team", group)


@gate(administers_group)
@require_POST
def end(request: HttpRequest, group: str, seat: str) -> HttpResponse:
    """End somebody's seat."""
    row = get_object_or_404(group_at(request, group).seats, reference=seat)
    ended = end_seat(actor=actor_of(request), at=arrival_of(request), seat=row)
    messages.success(request, f"{ended.user} no longer acts for this group.")
    if ended.user_id == person_of(request).pk:
        return redirect("certification:groups")
    return redirect("certification:team", group)


@gate(signed_in)
@never_cache
@require_http_methods(["GET", "POST"])
def accept(request: HttpRequest, token: str) -> HttpResponse:
    """Show what one is asked to do for which group; take the yes."""
    invitation = invitation_by_token(token)
    if invitation is None:
        return render(
            request, "certification/confirm/closed.html", {"refusal": NO_SEAT_LINK}, status=404
        )
    if invitation.accepted_by_id == request.user.pk:
        return redirect("certification:group", invitation.group.reference)
    refusal = seat_link_refusal(invitation, person_of(request), arrival_of(request))
    if refusal is not None:
        return render(
            request, "certification/confirm/closed.html", {"refusal": refusal}, status=410
        )
    if request.method == "POST":
        return _accept(request, invitation)
    return render(request, "certification/team/accept.html", _asked(invitation))


@gate(was_invited)
@require_POST
def answer(request: HttpRequest, invitation: str) -> HttpResponse:
    """Take the answer given on one's own page."""
    row = get_object_or_404(
        SeatInvitation.objects.select_related("group__case"), reference=invitation
    )
    if request.POST.get("answer") == "accept":
        return _accept(request, row)
    decline_seat(
        actor=actor_of(request),
        at=arrival_of(request),
        person=person_of(request),
        invitation=row,
    )
    messages.success(request, f"You have declined to act for {row.group}.")
    return redirect("accounts:profile")


def _accept(request: HttpRequest, invitation: SeatInvitation) -> HttpResponse:
    accept_seat(
        actor=actor_of(request),
        at=arrival_of(request),
        person=person_of(request),
        invitation=invitation,
    )
    words = SEAT_ROLE_WORDS[SeatRole(invitation.role)].lower()
    messages.success(request, f"You are now {words} of {invitation.group}.")
    return redirect("certification:group", invitation.group.reference)


def _asked(invitation: SeatInvitation) -> dict[str, object]:
    return {
        "invitation": invitation,
        "group": invitation.group,
        "role_words": SEAT_ROLE_WORDS[SeatRole(invitation.role)],
        "is_representative": invitation.role == SeatRole.AUTHORIZED_REPRESENTATIVE,
    }


def _team(request: HttpRequest, group: str, form: SeatForm) -> HttpResponse:
    context = group_page(request, group, "Team")
    here = context["group"]
    held = list(open_seats(here))
    seats = [{"row": seat, "words": SEAT_ROLE_WORDS[SeatRole(seat.role)]} for seat in held]
    invitations = [
        {"row": row, "words": SEAT_ROLE_WORDS[SeatRole(row.role)]}
        for row in open_seat_invitations(here, arrival_of(request))
    ]
    wanted = SeatRole.AUTHORIZED_REPRESENTATIVE
    context |= {
        "seats": seats,
        "invitations": invitations,
        "form": form,
        "needs_representative": all(seat.role != wanted for seat in held),
    }
    return render(request, "certification/team/team.html", context)
