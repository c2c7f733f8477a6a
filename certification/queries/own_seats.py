"""A person's seats in groups: for their own data, and for leaving."""

from __future__ import annotations

from typing import Any

from accounts.models import User
from certification.models import GroupSeat
from certification.rules.groups import SEAT_ROLE_WORDS, SeatRole


def seat_rows(user: User) -> list[dict[str, Any]]:
    """Return every seat the person has or had."""
    rows = GroupSeat.objects.filter(user=user).select_related("group").order_by("since")
    return [
        {
            "Group": row.group.name,
            "Seat": SEAT_ROLE_WORDS[SeatRole(row.role)],
            "Since": row.since,
            "Until": row.until,
        }
        for row in rows
    ]


def seat_duties(user: User) -> list[str]:
    """Return the groups that nobody else administers."""
    mine = GroupSeat.objects.filter(user=user, role=SeatRole.ADMINISTRATOR, until=None)
    others = GroupSeat.objects.filter(role=SeatRole.ADMINISTRATOR, until=None).exclude(user=user)
    alone = mine.exclude(group__in=others.values("group")).select_related("group")
    return [
        f"You are the only administrator of the group {seat.group.name}. Invite another one first."
        for seat in alone
    ]


def open_seats(user: User) -> list[GroupSeat]:
    """Return the seats that the person has today."""
    return list(GroupSeat.objects.filter(user=user, until=None))
