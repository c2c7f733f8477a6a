"""Somebody leaves a group's team."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from certification.actions.lock_group import lock_group
from certification.models import GroupSeat
from certification.rules.groups import SeatRole
from kit.refusals import refuse
from trail.actions.record_entry import record_entry
from trail.actors import Actor


@transaction.atomic
def end_seat(*, actor: Actor, at: datetime, seat: GroupSeat) -> GroupSeat:
    """End the seat; ending it again changes nothing.

    Raises:
        Refused: ``last_administrator``: a group always has somebody who runs it.
    """
    group = lock_group(seat.group_id)
    row = GroupSeat.objects.select_for_update(of=("self",)).select_related("user").get(pk=seat.pk)
    if row.until is not None:
        return row
    others = group.seats.filter(role=SeatRole.ADMINISTRATOR, until=None).exclude(pk=row.pk)
    if row.role == SeatRole.ADMINISTRATOR and not others.exists():
        raise refuse(
            "last_administrator",
            "A group always has an administrator. Invite another one first.",
        )
    row.until = at
    row.save(update_fields=["until"])
    facts = {"role": row.role, "user": row.user_id}
    personal = {"name": str(row.user)}
    record_entry(
        case=group.case, actor=actor, at=at, verb="end_seat", facts=facts, personal=personal
    )
    return row
