"""Take, or decline, the seat that one was asked to take."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from accounts.models import User
from certification.actions.lock_group import lock_group
from certification.models import GroupSeat, SeatInvitation
from certification.queries.seats import seat_link_refusal
from kit.refusals import Refused, refuse
from trail.actions.record_entry import record_entry
from trail.actors import Actor


@transaction.atomic
def accept_seat(
    *, actor: Actor, at: datetime, person: User, invitation: SeatInvitation
) -> GroupSeat:
    """Give the person the seat; the invitation then opens nothing more.

    Accepting twice by the same person is one acceptance.

    Raises:
        Refused: ``link_used``, ``link_expired`` by the state of the invitation;
            ``wrong_account`` when it went to another address;
            ``already_seated`` when the person has a seat here: nobody both runs and certifies.
    """
    group = lock_group(invitation.group_id)
    row = SeatInvitation.objects.select_for_update().get(pk=invitation.pk)
    held = group.seats.filter(user=person, until=None).first()
    if held is not None and row.accepted_by_id == person.pk:
        return held
    refusal = seat_link_refusal(row, person, at)
    if refusal is not None:
        raise Refused(refusal)
    if held is not None:
        raise refuse(
            "already_seated",
            "You already have a seat in this group. The person who certifies must be another "
            "one than the person who administers.",
        )
    row.accepted_at, row.accepted_by = at, person
    row.save(update_fields=["accepted_at", "accepted_by"])
    seat = GroupSeat.objects.create(group=group, user=person, role=row.role, since=at)
    facts = {"role": row.role, "invitation": row.pk}
    record_entry(case=group.case, actor=actor, at=at, verb="accept_seat", facts=facts)
    return seat


@transaction.atomic
def decline_seat(
    *, actor: Actor, at: datetime, person: User, invitation: SeatInvitation
) -> SeatInvitation:
    """Close the invitation at the wish of the person who was asked.

    Raises:
        Refused: as ``accept_seat``.
    """
    group = lock_group(invitation.group_id)
    row = SeatInvitation.objects.select_for_update().get(pk=invitation.pk)
    refusal = seat_link_refusal(row, person, at)
    if refusal is not None:
        raise Refused(refusal)
    row.closed_at = at
    row.save(update_fields=["closed_at"])
    facts = {"role": row.role, "invitation": row.pk}
    record_entry(case=group.case, actor=actor, at=at, verb="decline_seat", facts=facts)
    return row
