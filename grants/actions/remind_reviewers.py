"""Write to reviewers whose reviews are late; at most once a day each."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection
from datetime import datetime

from django.db import transaction
from django.urls import reverse

from grants.actions.write_to_panel import PanelLetter, write_to_panel
from grants.models import Assignment, Competition, PanelSeat
from grants.rules.panel_states import AssignmentState
from trail.actions.record_entry import record_entry
from trail.actors import Actor
from trail.models import Effect

WAITING = (AssignmentState.RELEASED, AssignmentState.ACCEPTED, AssignmentState.IN_PROGRESS)


@transaction.atomic
def remind_reviewers(
    *, actor: Actor, at: datetime, competition: Competition, hidden: Collection[int] = ()
) -> int:
    """Remind everybody with a late review who was not reminded today; return how many."""
    locked = Competition.objects.select_for_update(of=("self",)).select_related("case", "agency")
    row = locked.get(pk=competition.pk)
    late = Assignment.objects.filter(
        proposal__competition=row, state__in=WAITING, suspended_at=None, due_at__lte=at
    ).exclude(proposal__in=hidden)
    count = Counter(late.values_list("seat_id", flat=True))
    seats = PanelSeat.objects.filter(pk__in=count).select_related("user").order_by("alias")
    reminded = [seat.alias for seat in seats if _remind(at, row, seat, count[seat.pk])]
    if reminded:
        record_entry(
            case=row.case,
            actor=actor,
            at=at,
            verb="reviewers_reminded",
            facts={"aliases": reminded},
        )
    return len(reminded)


def _remind(at: datetime, competition: Competition, seat: PanelSeat, count: int) -> bool:
    key = f"late:{at.date().isoformat()}"
    if Effect.objects.filter(key=f"letter:{key}:{seat.reference}").exists():
        return False
    what = "One of your reviews is" if count == 1 else f"{count} of your reviews are"
    letter = PanelLetter(
        subject="Your review is late",
        text=f"{what} past the due date. Finish them as soon as you can, or give them back so "
        "that somebody else can read the proposal.",
        link_words="Open your reviews",
        link_path=reverse("grants:my_reviews"),
    )
    write_to_panel(at=at, competition=competition, seat=seat, letter=letter, key=key)
    return True
