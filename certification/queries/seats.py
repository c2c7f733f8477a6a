"""Who acts for a group, and what a seat link opens."""

from __future__ import annotations

from datetime import datetime

from django.db.models import QuerySet

from accounts.models import User
from certification.models import ClusterGroup, GroupSeat, SeatInvitation
from certification.queries.personal_links import digest_of
from certification.rules.groups import SeatRole
from kit.refusals import Refusal

NO_SEAT_LINK = Refusal(
    "link_unknown",
    "This link opens nothing. Check that the whole address from the e-mail was copied.",
)
SEAT_LINK_USED = Refusal("link_used", "This invitation was already accepted.")
SEAT_LINK_OVER = Refusal(
    "link_expired",
    "This invitation is no longer open. Ask the person who invited you to send a new one.",
)


def open_seats(group: ClusterGroup) -> QuerySet[GroupSeat]:
    """Return the seats held now, administrators first."""
    return group.seats.filter(until=None).select_related("user").order_by("role", "since")


def has_representative(group: ClusterGroup) -> bool:
    """Whether somebody may certify for the group."""
    representatives = group.seats.filter(role=SeatRole.AUTHORIZED_REPRESENTATIVE, until=None)
    return representatives.exists()


def open_seat_invitations(group: ClusterGroup, at: datetime) -> QuerySet[SeatInvitation]:
    """Return the invitations that somebody may still accept."""
    return group.seat_invitations.filter(
        accepted_at=None, closed_at=None, expires_at__gt=at
    ).order_by("sent_at")


def invitation_by_token(token: str) -> SeatInvitation | None:
    """Return the invitation that a link belongs to, whatever its state."""
    rows = SeatInvitation.objects.select_related("group__case")
    return rows.filter(token_digest=digest_of(token)).first()


def invitations_to(person: User, at: datetime) -> QuerySet[SeatInvitation]:
    """Return the invitations that this person may accept now."""
    return SeatInvitation.objects.select_related("group__case").filter(
        email__iexact=person.email, accepted_at=None, closed_at=None, expires_at__gt=at
    )


def seat_link_refusal(invitation: SeatInvitation, person: User, at: datetime) -> Refusal | None:
    """Say why this person cannot accept this invitation now."""
    if invitation.accepted_at is not None:
        return SEAT_LINK_USED
    if invitation.closed_at is not None or invitation.expires_at <= at:
        return SEAT_LINK_OVER
    if invitation.email.casefold() != person.email.casefold():
        return Refusal(
            "wrong_account",
            "This invitation was sent to another e-mail address than the one you signed in with. "
            "Sign out, and sign in with the address to which the invitation came.",
        )
    return None
