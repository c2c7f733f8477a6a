"""What panels tell the lower apps at start-up."""

from __future__ import annotations

from datetime import datetime

from django.urls import reverse
from django.utils.formats import date_format

from accounts.models import User
from accounts.registry import (
    Belonging,
    OpenInvitation,
    register_belonging,
    register_invitations,
)
from grants.actions.keep_conflicts_live import watch_for_conflicts
from grants.actions.watch_reviews import REVIEW_REMINDER, remind_of_reviews
from grants.models import PanelInvitation, PanelSeat
from grants.queries.panel_links import code_for_letter, token_for_letter
from grants.queries.reviewer_profiles import profile_rows
from grants.rules.panel_states import SEAT, SeatState
from grants.rules.terms import PANEL_ROLE_WORDS, PanelRole
from records.registry import register_deadline
from records.sealed_words import register_sealed_word


def register_panels() -> None:
    """Words of letters, changes that are watched, what a person's own data hold."""
    register_sealed_word("panel_token", token_for_letter)
    register_sealed_word("reviewer_address_code", code_for_letter)
    watch_for_conflicts()
    register_deadline(REVIEW_REMINDER, remind_of_reviews)
    register_invitations(panel_notices)
    register_belonging(Belonging("Seats on panels", seat_rows))
    register_belonging(Belonging("Reviewer profile", profile_rows))


def panel_notices(user: User, at: datetime) -> list[OpenInvitation]:
    """Return the seats that this person is asked to take."""
    rows = PanelInvitation.objects.filter(
        seat__user=user, seat__state=SeatState.INVITED, closed_at=None, expires_at__gt=at
    ).select_related("seat", "competition__agency")
    return [
        OpenInvitation(
            title=f"{PANEL_ROLE_WORDS[PanelRole(row.role)]} in {row.competition.title}",
            detail=f"{row.competition.agency} asks you; "
            f"open until {date_format(row.expires_at, 'F j, Y')}.",
            url=reverse("grants:answer_panel_seat", args=[row.seat.reference]),
        )
        for row in rows.order_by("sent_at")
        if row.seat is not None
    ]


def seat_rows(user: User) -> list[dict[str, object]]:
    """Return every seat the person has or had."""
    rows = PanelSeat.objects.filter(user=user).select_related("competition").order_by("invited_at")
    return [
        {
            "Competition": row.competition.title,
            "Seat": PANEL_ROLE_WORDS[PanelRole(row.role)],
            "Stands at": SEAT.labels[SeatState(row.state)],
            "Known to the panel as": row.alias,
            "Invited": row.invited_at,
            "Until": row.ended_at,
        }
        for row in rows
    ]
