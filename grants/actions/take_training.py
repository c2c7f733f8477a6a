"""Score the two sample proposals; what is close to the agreed key opens the reviews for a year."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction

from accounts.models import User
from grants.actions.find_conflicts import ON_PANEL
from grants.models import PanelSeat, TrainingAttempt
from grants.queries.training import VERSION, answer_key
from grants.rules.training import Result, mark
from trail.actions.record_entry import record_entry
from trail.actors import Actor


@transaction.atomic
def take_training(
    *, actor: Actor, at: datetime, user: User, scores: Mapping[tuple[str, str], int]
) -> Result:
    """Compare the scores with the key and keep the attempt.

    Side effects: when passed, every seat of the person counts as trained from now on.
    """
    result = mark(scores, answer_key())
    TrainingAttempt.objects.create(
        user=user,
        at=at,
        samples_version=VERSION,
        scores=[[sample, criterion, value] for (sample, criterion), value in scores.items()],
        is_passed=result.is_passed,
    )
    if not result.is_passed:
        return result
    seats = PanelSeat.objects.select_for_update(of=("self",)).filter(user=user, state__in=ON_PANEL)
    for seat in seats.select_related("competition__case").order_by("pk"):
        seat.trained_at = at
        seat.save(update_fields=["trained_at"])
        record_entry(
            case=seat.competition.case,
            actor=actor,
            at=at,
            verb="pass_training",
            facts={"alias": seat.alias},
        )
    return result
