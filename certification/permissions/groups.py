"""Who may read a group and who may change it; for everybody else it does not exist."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpRequest

from accounts.gates import NOBODY_KNOWS
from accounts.queries.officers import holds_role
from accounts.rules.roles import AgencyRoleKind
from certification.models import ClusterGroup, GroupSeat
from certification.queries.live_applications import was_submitted
from certification.rules.groups import SeatRole
from kit.refusals import Refusal

READING_OFFICERS = (
    AgencyRoleKind.PROGRAMME_OFFICER,
    AgencyRoleKind.SELECTING_OFFICIAL,
    AgencyRoleKind.AUDITOR,
)
ONLY_ADMINISTRATORS = Refusal(
    "not_administrator",
    "Only an administrator of the group may do this. Ask one of them; they are listed under Team.",
)


@dataclass(frozen=True, slots=True)
class OpenedGroup:
    """A group and the seat that the reader holds in it, if any."""

    group: ClusterGroup
    seat: SeatRole | None

    @property
    def is_administrator(self) -> bool:
        """Whether the reader runs the group."""
        return self.seat is SeatRole.ADMINISTRATOR


def opened_group(request: HttpRequest, reference: str) -> OpenedGroup | None:
    """Return the group with the reader's seat, read once per request."""
    held: dict[str, OpenedGroup | None] = request.__dict__.setdefault("_opened_groups", {})
    if reference not in held:
        held[reference] = _open(request, reference)
    return held[reference]


def reads_group(request: HttpRequest, group: str, **_route: object) -> Refusal | None:
    """Let everybody with a seat pass, and officers of its agency once it has applied."""
    opened = opened_group(request, group)
    if opened is None or not (opened.seat or _is_officer_of(request, opened.group)):
        return NOBODY_KNOWS
    return None


def administers_group(request: HttpRequest, group: str, **_route: object) -> Refusal | None:
    """Let administrators of the group pass; other readers learn who may."""
    refusal = reads_group(request, group)
    if refusal is not None:
        return refusal
    opened = opened_group(request, group)
    return None if opened and opened.is_administrator else ONLY_ADMINISTRATORS


def sits_in_group(request: HttpRequest, group: str, **_route: object) -> Refusal | None:
    """Let everybody with a seat pass, nobody else."""
    opened = opened_group(request, group)
    return None if opened and opened.seat else NOBODY_KNOWS


def _open(request: HttpRequest, reference: str) -> OpenedGroup | None:
    group = (
        ClusterGroup.objects.select_related("case", "agency")
        .filter(case__reference=reference)
        .first()
    )
    if group is None:
        return None
    seats = GroupSeat.objects.filter(group=group, user_id=request.user.pk or 0, until=None)
    role = seats.values_list("role", flat=True).first()
    return OpenedGroup(group, SeatRole(role) if role else None)


def _is_officer_of(request: HttpRequest, group: ClusterGroup) -> bool:
    is_officer = holds_role(request, *READING_OFFICERS, agency=group.agency_id)
    return is_officer and was_submitted(group)
