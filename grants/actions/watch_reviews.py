"""Reviewers are reminded by the calendar: before the due date, at it, and while they are late."""

from __future__ import annotations

from collections import Counter
from datetime import datetime

from django.db import transaction
from django.db.models import QuerySet
from django.urls import reverse

from grants.actions.remind_reviewers import WAITING, remind_reviewers
from grants.actions.write_to_panel import PanelLetter, write_to_panel
from grants.models import Assignment, Competition, PanelSeat
from grants.rules.reminders import SOON, next_review_reminder
from grants.rules.states import CompetitionState
from records.actions.set_deadline import set_deadline
from trail.actors import SYSTEM
from trail.models import Case, Effect

REVIEW_REMINDER = "remind_reviewers"
JUDGING = {CompetitionState.REVIEW, CompetitionState.PANEL}


def watch_reviews(competition: Competition, at: datetime) -> None:
    """Set the next reminder of what is not finished. Runs inside an act."""
    due = _waiting(competition).exclude(due_at=None).values_list("due_at", flat=True)
    moment = next_review_reminder([one for one in due.distinct() if one], at)
    if moment is not None:
        set_deadline(case=competition.case, kind=REVIEW_REMINDER, due_at=moment)


@transaction.atomic
def remind_of_reviews(case: Case, at: datetime) -> None:
    """Write to whoever is due soon or late; called by the sweep of deadlines."""
    locked = Competition.objects.select_for_update(of=("self",)).select_related("case", "agency")
    row = locked.get(case=case)
    if row.status not in JUDGING:
        return
    remind_reviewers(actor=SYSTEM, at=at, competition=row)
    soon = _waiting(row).filter(due_at__gt=at, due_at__lte=at + SOON)
    count = Counter((one.seat_id, one.due_at) for one in soon if one.due_at is not None)
    seats = PanelSeat.objects.select_related("user").in_bulk({seat for seat, _ in count})
    for (pk, due_at), number in sorted(count.items()):
        _remember(at, row, seats[pk], (due_at, number))
    watch_reviews(row, at)


def _waiting(competition: Competition) -> QuerySet[Assignment]:
    return Assignment.objects.filter(
        proposal__competition=competition, state__in=WAITING, suspended_at=None
    )


def _remember(
    at: datetime, competition: Competition, seat: PanelSeat, due: tuple[datetime, int]
) -> None:
    due_at, number = due
    key = f"soon:{due_at.isoformat()}"
    if Effect.objects.filter(key=f"letter:{key}:{seat.reference}").exists():
        return
    what = "One of your reviews is" if number == 1 else f"{number} of your reviews are"
    letter = PanelLetter(
        subject="Your review is due soon",
        text=f"{what} not finished yet. If you cannot finish in time, give it back, so that "
        "somebody else can read the proposal.",
        link_words="Open your reviews",
        link_path=reverse("grants:my_reviews"),
        due_at=due_at,
    )
    write_to_panel(at=at, competition=competition, seat=seat, letter=letter, key=key)
