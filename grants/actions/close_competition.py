"""The portal closes a competition at its time; what arrived before is still taken."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from grants.actions.move_competition import Asked, Step, begin_act, finish_act
from grants.models import Competition
from grants.rules.states import CompetitionState
from records.actions.set_deadline import set_deadline
from trail.actors import SYSTEM
from trail.models import Case

CLOSING = "close_competition"


@transaction.atomic
def close_competition(*, at: datetime, competition: Competition) -> bool:
    """Close, once; a competition whose close was moved meanwhile stays open until then.

    Side effects: state, one entry; or the deadline set again where the close lies ahead.
    """
    row = Competition.objects.select_for_update().get(pk=competition.pk)
    if row.status is not CompetitionState.OPEN or row.closes_at is None:
        return False
    if row.closes_at > at:
        set_deadline(case=row.case, kind=CLOSING, due_at=row.closes_at)
        return False
    act = begin_act(actor=SYSTEM, at=at, competition=row, asked=Asked("close"))
    finish_act(act, Step(facts={"closes_at": row.closes_at.isoformat()}))
    return True


def close_at_its_time(case: Case, at: datetime) -> None:
    """Do what the passed deadline asks."""
    close_competition(at=at, competition=Competition.objects.get(case=case))
