"""The panel of a competition: who was asked, what they answered, how far they are."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from accounts.actors import actor_of, arrival_of
from accounts.gates import gate
from grants.actions.invite_reviewer import (
    end_panel_seat,
    invite_reviewer,
    take_back_invitation,
)
from grants.forms.panels import InviteForm
from grants.models import PanelInvitation, PanelSeat
from grants.permissions.competitions import (
    competition_for,
    reads_competition,
    works_on_competition,
)
from grants.permissions.panels import is_trained
from grants.queries.reach import reach_of
from grants.rules.panel_states import SEAT, SeatState
from grants.rules.terms import PANEL_ROLE_WORDS, PanelRole
from grants.web.competition_pages import bound, competition_page, key_of
from kit.refusals import Refused

TONES = {
    SeatState.INVITED: "turn",
    SeatState.ACCEPTED: "good",
    SeatState.DECLINED: "quiet",
    SeatState.ENDED: "quiet",
}


@gate(reads_competition)
@require_http_methods(["GET"])
def panel(request: HttpRequest, competition: str) -> HttpResponse:
    """List seats and invitations."""
    row, now = competition_for(request, competition), arrival_of(request)
    seats = row.seats.select_related("user").order_by("role", "pk")
    waiting = row.panel_invitations.filter(seat=None, closed_at=None)
    context = competition_page(request, competition, "Panel")
    context |= {
        "seats": [
            {
                "row": seat,
                "role_words": PANEL_ROLE_WORDS[PanelRole(seat.role)],
                "state_words": SEAT.labels[SeatState(seat.state)],
                "tone": TONES[SeatState(seat.state)],
                "is_trained": is_trained(seat, now),
                "is_on_panel": seat.state in {SeatState.INVITED, SeatState.ACCEPTED},
            }
            for seat in seats
        ],
        "invitations": [
            {"row": one, "role_words": PANEL_ROLE_WORDS[PanelRole(one.role)]} for one in waiting
        ],
        "refusal": works_on_competition(request, competition),
    }
    return render(request, "grants/panel/panel.html", context)


@gate(works_on_competition)
@require_http_methods(["GET", "POST"])
def invite(request: HttpRequest, competition: str) -> HttpResponse:
    """Check somebody's conflicts; then ask them."""
    row, form = competition_for(request, competition), InviteForm(bound(request))
    context: dict[str, Any] = {"reach": None}
    status = 200
    if request.method == "POST" and form.is_valid():
        if "send" not in request.POST:
            candidate = form.asked().candidate
            context["reach"] = reach_of(row, candidate, arrival_of(request))
        else:
            try:
                sent = invite_reviewer(
                    actor=actor_of(request),
                    at=arrival_of(request),
                    competition=row,
                    asked=form.asked(),
                    key=key_of(request),
                )
            except Refused as refused:
                form.add_error(None, refused.refusal.sentence)
                status = 409
            else:
                said = f"We have written to {sent.email}. The link works for three weeks."
                messages.success(request, said)
                return redirect("grants:panel", competition)
    context |= competition_page(request, competition, "Invite somebody") | {"form": form}
    return render(request, "grants/panel/invite.html", context, status=status)


@gate(works_on_competition)
@require_POST
def end(request: HttpRequest, competition: str, seat: str) -> HttpResponse:
    """End somebody's seat."""
    found = PanelSeat.objects.select_related("competition__case", "user")
    row = found.filter(competition=competition_for(request, competition), reference=seat).first()
    if row is None:
        raise Http404
    end_panel_seat(actor=actor_of(request), at=arrival_of(request), seat=row)
    messages.success(request, f"{row.user} has no seat on this panel any more.")
    return redirect("grants:panel", competition)


@gate(works_on_competition)
@require_POST
def take_back(request: HttpRequest, competition: str, invitation: str) -> HttpResponse:
    """Close an invitation that nobody has answered."""
    found = PanelInvitation.objects.select_related("competition__case", "seat__competition__case")
    here = competition_for(request, competition)
    row = found.filter(competition=here, reference=invitation).first()
    if row is None:
        raise Http404
    take_back_invitation(actor=actor_of(request), at=arrival_of(request), invitation=row)
    messages.success(request, f"The invitation of {row.name} no longer works.")
    return redirect("grants:panel", competition)
