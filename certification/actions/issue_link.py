"""Write to somebody who is asked to sign, with a link of their own."""

from __future__ import annotations

from datetime import datetime

from django.db.models import Min, Q

from certification.models import ClusterGroup, Invitation
from certification.queries.addressees import Addressee, claim_of, kind_of
from certification.queries.personal_links import (
    digest_of,
    fresh_nonce,
    signing_address,
    token_of,
)
from records.actions.send_letter import Recipient, send_letter
from records.actions.set_deadline import set_deadline
from trail.actors import Actor

EXPIRY = "expire_requests"


def issue_link(
    *, actor: Actor, at: datetime, group: ClusterGroup, addressee: Addressee
) -> Invitation:
    """Close the addressee's open link, make a new one and queue the letter that carries it.

    Runs inside the act that locked the group.
    """
    is_first = not addressee.invitations.exists()
    if not is_first:
        close_links(addressee, at)
    kind = kind_of(addressee)
    nonce = fresh_nonce()
    invitation = addressee.invitations.create(
        nonce=nonce,
        token_digest=digest_of(token_of(nonce)),
        sent_at=at,
        expires_at=at + kind.life,
    )
    send_letter(
        case=group.case,
        at=at,
        template=kind.letter,
        to=Recipient(addressee.contact_email, addressee.contact_name),
        context={
            "claim": claim_of(addressee, group),
            "group": group,
            "sender": actor.name,
            "is_reminder": not is_first,
            "expires_at": invitation.expires_at,
            "address": signing_address(invitation),
        },
        key=f"invitation:{invitation.pk}",
    )
    return invitation


def close_links(addressee: Addressee, at: datetime) -> None:
    """Close whatever link of the addressee is still open."""
    addressee.invitations.filter(used_at=None, closed_at=None).update(closed_at=at)


def schedule_expiry(group: ClusterGroup) -> None:
    """Let the sweep of deadlines come when the next open link of the group runs out."""
    still_open = Invitation.objects.filter(
        Q(participant__group=group) | Q(commitment__group=group), used_at=None, closed_at=None
    )
    next_end = still_open.aggregate(next_end=Min("expires_at"))["next_end"]
    if next_end is not None:
        set_deadline(case=group.case, kind=EXPIRY, due_at=next_end)
