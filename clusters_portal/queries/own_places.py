"""Which of their own lists somebody has: the menu leads nowhere that is empty."""

from __future__ import annotations

from django.db.models import Exists, OuterRef

from accounts.models import User
from certification.models import GroupSeat
from grants.models import Award, PanelSeat
from grants.queries.awards import SHOWN_TO_GROUP


def own_places(user: User) -> tuple[tuple[str, str], ...]:
    """Return (words, name of the route) of the lists that belong in this person's menu."""
    seats = GroupSeat.objects.filter(user=OuterRef("pk"), until=None)
    panels = PanelSeat.objects.filter(user=OuterRef("pk"))
    awards = Award.objects.filter(
        state__in=SHOWN_TO_GROUP,
        group__in=GroupSeat.objects.filter(user=user, until=None).values("group"),
    )
    rows = User.objects.filter(pk=user.pk)
    found = rows.values_list(Exists(seats), Exists(panels), Exists(awards)).first()
    in_group, on_panel, has_award = found or (False, False, False)
    places = (
        (in_group, ("Your proposals", "grants:proposals")),
        (has_award, ("Your awards", "grants:my_awards")),
        (on_panel, ("Your reviewing", "grants:reviewing")),
    )
    return tuple(place for is_theirs, place in places if is_theirs)
