"""The portal opens a competition at its time: the rules are pinned, their hash is public."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from grants.actions.close_competition import CLOSING
from grants.actions.move_competition import Asked, Step, begin_act, finish_act
from grants.models import Competition
from grants.queries.notices import current_bundle
from grants.rules.bundles import hash_of
from grants.rules.states import CompetitionState
from records.actions.set_deadline import set_deadline
from trail.actors import SYSTEM
from trail.models import Case


@transaction.atomic
def open_competition(*, at: datetime, competition: Competition) -> bool:
    """Open, once: a second call finds the competition open and does nothing.

    Side effects: state, the pinned bundle and its hash, the deadline at which the portal closes,
    one entry.
    """
    row = Competition.objects.select_for_update().get(pk=competition.pk)
    if row.status is not CompetitionState.SCHEDULED:
        return False
    act = begin_act(actor=SYSTEM, at=at, competition=row, asked=Asked("open"))
    row = act.competition
    bundle = current_bundle(row)
    words_hash = hash_of(bundle)
    changes = {"bundle": bundle, "bundle_hash": words_hash, "opened_at": at}
    finish_act(act, Step(facts={"bundle_hash": words_hash}, changes=changes))
    if row.closes_at is not None:
        set_deadline(case=row.case, kind=CLOSING, due_at=row.closes_at)
    return True


def open_at_its_time(case: Case, at: datetime) -> None:
    """Do what the passed deadline asks."""
    open_competition(at=at, competition=Competition.objects.get(case=case))
