"""Who worked on a case, and who belongs to its group."""

from __future__ import annotations

from certification.models import Application, GroupSeat
from certification.rules.decision import STAFF_VERBS


def workers_of(application: Application) -> frozenset[str]:
    """The actors of staff verbs in the case's trail."""
    entries = application.case.entries.filter(verb__in=STAFF_VERBS)
    return frozenset(entries.values_list("actor", flat=True))


def seat_holders(application: Application) -> frozenset[int]:
    """Everybody who holds or ever held a seat in the application's group."""
    return seat_holders_of(application.group_id)


def seat_holders_of(group_pk: int) -> frozenset[int]:
    """Everybody who holds or ever held a seat in a group."""
    seats = GroupSeat.objects.filter(group_id=group_pk)
    return frozenset(seats.values_list("user_id", flat=True))
