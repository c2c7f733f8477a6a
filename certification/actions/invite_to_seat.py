"""Ask a person to take a seat in a group, or take the question back."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from certification.actions.lock_group import lock_group
from certification.models import ClusterGroup, SeatInvitation
from certification.queries.personal_links import digest_of, fresh_nonce, seat_address, token_of
from certification.rules.groups import SEAT_INVITATION_LIFE, SEAT_ROLE_WORDS, SeatRole
from kit.refusals import refuse
from records.actions.send_letter import Recipient, send_letter
from trail.actions.claim_key import claim_key, settle_key
from trail.actions.record_entry import record_entry
from trail.actors import Actor


@dataclass(frozen=True, slots=True)
class Invitee:
    """Who is asked, and for which seat."""

    name: str
    email: str
    role: SeatRole


@transaction.atomic
def invite_to_seat(
    *, actor: Actor, at: datetime, group: ClusterGroup, invitee: Invitee, key: str
) -> SeatInvitation:
    """Write to the person; an open invitation to the same address is replaced.

    Raises:
        Refused: ``already_seated`` when the address belongs to somebody with a seat.
    """
    body = f"{group.pk}:{invitee!r}"
    claim = claim_key(actor=actor, at=at, key=key, verb="invite_to_seat", body=body)
    if claim.result_reference:
        return SeatInvitation.objects.get(pk=int(claim.result_reference))
    locked = lock_group(group.pk)
    if locked.seats.filter(until=None, user__email__iexact=invitee.email).exists():
        raise refuse("already_seated", f"{invitee.email} already has a seat in this group.")
    _close_open(locked, invitee.email, at)
    invitation = _write(locked, invitee, actor, at)
    _write_letter(locked, invitation, actor, at)
    record_entry(
        case=locked.case,
        actor=actor,
        at=at,
        verb="invite_to_seat",
        facts={"role": invitee.role.value, "invitation": invitation.pk},
        personal={"name": invitee.name, "email": invitee.email},
    )
    settle_key(claim, str(invitation.pk))
    return invitation


@transaction.atomic
def take_back_seat_invitation(
    *, actor: Actor, at: datetime, invitation: SeatInvitation
) -> SeatInvitation:
    """Close an invitation that nobody has accepted; closing it again changes nothing."""
    group = lock_group(invitation.group_id)
    row = SeatInvitation.objects.select_for_update().get(pk=invitation.pk)
    if row.accepted_at is not None:
        raise refuse("already_accepted", f"{row.name} has already taken the seat.")
    if row.closed_at is None:
        row.closed_at = at
        row.save(update_fields=["closed_at"])
        facts = {"role": row.role, "invitation": row.pk}
        verb = "take_back_seat_invitation"
        record_entry(case=group.case, actor=actor, at=at, verb=verb, facts=facts)
    return row


def _close_open(group: ClusterGroup, email: str, at: datetime) -> None:
    still_open = group.seat_invitations.filter(accepted_at=None, closed_at=None)
    still_open.filter(email__iexact=email).update(closed_at=at)


def _write(group: ClusterGroup, invitee: Invitee, actor: Actor, at: datetime) -> SeatInvitation:
    nonce = fresh_nonce()
    return SeatInvitation.objects.create(
        group=group,
        role=invitee.role,
        name=invitee.name,
        email=invitee.email,
        nonce=nonce,
        token_digest=digest_of(token_of(nonce)),
        invited_by=actor.name,
        sent_at=at,
        expires_at=at + SEAT_INVITATION_LIFE,
    )


def _write_letter(
    group: ClusterGroup, invitation: SeatInvitation, actor: Actor, at: datetime
) -> None:
    send_letter(
        case=group.case,
        at=at,
        template="certification/mail/seat_invitation",
        to=Recipient(invitation.email, invitation.name),
        context={
            "group": group,
            "inviter": actor.name,
            "invitation": invitation,
            "is_representative": invitation.role == SeatRole.AUTHORIZED_REPRESENTATIVE,
            "role_words": SEAT_ROLE_WORDS[SeatRole(invitation.role)].lower(),
            "address": seat_address(invitation),
        },
        key=f"seat-invitation:{invitation.pk}",
    )
