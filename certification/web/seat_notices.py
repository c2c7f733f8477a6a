"""Invitations to seats, as a person's own page shows them."""

from __future__ import annotations

from datetime import datetime

from django.urls import reverse
from django.utils.formats import date_format

from accounts.models import User
from accounts.registry import OpenInvitation
from certification.queries.seats import invitations_to
from certification.rules.groups import SEAT_ROLE_WORDS, SeatRole


def seat_notices(user: User, at: datetime) -> list[OpenInvitation]:
    """Return what this person is asked to do for groups."""
    return [
        OpenInvitation(
            title=f"{SEAT_ROLE_WORDS[SeatRole(row.role)]} of {row.group}",
            detail=f"{row.invited_by} asks you; open until {_day(row.expires_at)}.",
            url=reverse("certification:answer_seat", args=[row.reference]),
        )
        for row in invitations_to(user, at)
    ]


def _day(at: datetime) -> str:
    return date_format(at, "F j, Y")
