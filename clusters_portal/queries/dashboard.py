"""What somebody's work is: their groups, their seats, their offices."""

from __future__ import annotations

from dataclasses import dataclass

from accounts.models import AgencyRole, User
from accounts.rules.roles import ROLE_LABELS, AgencyRoleKind
from certification.models import ClusterGroup, GroupSeat
from certification.rules.groups import SEAT_ROLE_WORDS, SeatRole


@dataclass(frozen=True, slots=True)
class MyGroup:
    """A group in which the person holds a seat."""

    group: ClusterGroup
    seat: str


@dataclass(frozen=True, slots=True)
class Office:
    """An agency and what the person does there."""

    name: str
    roles: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Dashboard:
    """Everything on the page of one's own work."""

    groups: tuple[MyGroup, ...]
    offices: tuple[Office, ...]

    @property
    def is_empty(self) -> bool:
        """Whether the person has not begun anything yet."""
        return not (self.groups or self.offices)


def dashboard_of(user: User) -> Dashboard:
    """Gather the work of one person."""
    return Dashboard(_groups(user), _offices(user))


def _groups(user: User) -> tuple[MyGroup, ...]:
    seats = GroupSeat.objects.filter(user=user, until=None).select_related("group__case")
    return tuple(
        MyGroup(seat.group, SEAT_ROLE_WORDS[SeatRole(seat.role)])
        for seat in seats.order_by("group__name")
    )


def _offices(user: User) -> tuple[Office, ...]:
    held: dict[str, list[str]] = {}
    rows = AgencyRole.objects.filter(user=user, until=None).select_related("agency")
    for row in rows.order_by("agency__name", "role"):
        held.setdefault(row.agency.name, []).append(ROLE_LABELS[AgencyRoleKind(row.role)])
    return tuple(Office(name, tuple(roles)) for name, roles in held.items())
