"""Groups as their people see them."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Count, Q

from accounts.models import User
from certification.models import ClusterGroup, ConveningBody, GroupSeat
from certification.queries.seats import has_representative
from certification.rules.groups import SEAT_ROLE_WORDS, SeatRole
from certification.rules.next_step import Standing
from certification.rules.states import CommitmentState, ParticipantState

_CONFIRMED = Q(participants__state=ParticipantState.CONFIRMED)
_WAITING = Q(participants__state=ParticipantState.INVITED)


@dataclass(frozen=True, slots=True)
class MyGroup:
    """A group in somebody's list."""

    group: ClusterGroup
    seat_words: str
    confirmed: int
    waiting: int


def groups_of(person: User) -> list[MyGroup]:
    """Return the groups in which the person has a seat, the newest first."""
    seats = (
        GroupSeat.objects.filter(user=person, until=None)
        .select_related("group__case")
        .order_by("-group__created_at")
    )
    counts = roster_counts([seat.group_id for seat in seats])
    return [
        MyGroup(seat.group, SEAT_ROLE_WORDS[SeatRole(seat.role)], *counts[seat.group_id])
        for seat in seats
    ]


def roster_counts(group_ids: list[int]) -> dict[int, tuple[int, int]]:
    """Return (confirmed, waiting) by group."""
    rows = ClusterGroup.objects.filter(pk__in=group_ids).annotate(
        confirmed=Count("participants", filter=_CONFIRMED),
        waiting=Count("participants", filter=_WAITING),
    )
    return {pk: (one, two) for pk, one, two in rows.values_list("pk", "confirmed", "waiting")}


def standing_of(group: ClusterGroup) -> Standing:
    """Return the counts on which the next step rests."""
    roster = group.participants.exclude(state=ParticipantState.WITHDRAWN)
    confirmed = Q(state=ParticipantState.CONFIRMED)
    counts = roster.aggregate(
        listed=Count("pk"),
        waiting=Count("pk", filter=Q(state=ParticipantState.INVITED)),
        confirmed_firms=Count("pk", filter=confirmed & Q(kind="firm")),
        confirmed_institutions=Count("pk", filter=confirmed & Q(kind="institution")),
    )
    asked = group.commitments.exclude(state=CommitmentState.WITHDRAWN).aggregate(
        commitments=Count("pk"),
        signed_commitments=Count("pk", filter=Q(state=CommitmentState.SIGNED)),
    )
    return Standing(
        has_representative=has_representative(group),
        has_convening=ConveningBody.objects.filter(group=group).exists(),
        **counts,
        **asked,
    )
