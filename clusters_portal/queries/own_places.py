"""Which of their own lists somebody has: the menu leads nowhere that is empty."""

from __future__ import annotations

from django.db.models import Exists, OuterRef

from accounts.models import User
from certification.models import GroupSeat
from grants.models import PanelSeat


def own_places(user: User) -> tuple[tuple[str, str], ...]:
    """Return (words, name of the route) of the lists that belong in this person's menu."""
    seats = GroupSeat.objects.filter(user=OuterRef("pk"), until=None)
    panels = PanelSeat.objects.filter(user=OuterRef("pk"))
    found = User.objects.filter(pk=user.pk).values_list(Exists(seats), Exists(panels)).first()
    in_group, on_panel = found or (False, False)
    places = (
        (in_group, ("Your proposals", "grants:proposals")),
        (on_panel, ("Your reviewing", "grants:reviewing")),
    )
    return tuple(place for is_theirs, place in places if is_theirs)
