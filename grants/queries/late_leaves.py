"""Who may submit after the close, and why."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.db.models import Count

from grants.models import Competition, LateLeave, Proposal, Submission
from grants.rules.late import LATE_REASON_WORDS, MAY_COME_LATE, LateReason


def leave_of(proposal: Proposal, at: datetime) -> LateLeave | None:
    """Return the leave under which the proposal may still come at this moment."""
    if proposal.competition.status not in MAY_COME_LATE:
        return None
    return proposal.leaves.filter(granted_at__lte=at, until__gt=at).first()


def leaves_of(competition: Competition) -> list[LateLeave]:
    """Return every leave of a competition, the newest first."""
    rows = LateLeave.objects.filter(proposal__competition=competition)
    return list(rows.select_related("proposal__group", "proposal__case").order_by("-granted_at"))


def late_counts(competition: Competition) -> list[tuple[str, int]]:
    """Return how many proposals came late, by reason; these numbers are published."""
    rows: Iterable[tuple[str, int]] = (
        Submission.objects.filter(proposal__competition=competition, is_valid=True)
        .exclude(late_reason="")
        .values_list("late_reason")
        .annotate(number=Count("proposal", distinct=True))
    )
    return [(LATE_REASON_WORDS[LateReason(reason)], number) for reason, number in rows]
