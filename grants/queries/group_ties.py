"""Officers do not work on proposals of groups in which they hold or held a seat."""

from __future__ import annotations

from certification.models import GroupSeat
from kit.refusals import Refusal

OWN = Refusal(
    "own_group",
    "You hold or held a seat in this group, so the rule does not let you work on its proposal. "
    "A colleague does it.",
)


def own_group(group: int, user_pk: int | None) -> Refusal | None:
    """Say whether the officer belongs to the group."""
    if user_pk is None:
        return None
    mine = GroupSeat.objects.filter(group_id=group, user_id=user_pk)
    return OWN if mine.exists() else None
