"""A programme officer schedules the opening of a cleared competition."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from grants.actions.move_competition import Asked, Step, begin_act, finish_act, refuse_if
from grants.models import Competition
from grants.queries.notices import current_bundle
from grants.rules.bundles import hash_of
from grants.rules.clearance import may_schedule, opening_refusal, window_refusal
from grants.rules.terms import ClearanceKind
from kit.refusals import refuse
from records.actions.set_deadline import set_deadline
from trail.actors import Actor

OPENING = "open_competition"


@transaction.atomic
def schedule_competition(
    *, actor: Actor, at: datetime, competition: Competition, key: str = ""
) -> None:
    """Let the portal open the competition at its time.

    Side effects: state, the deadline at which the portal opens, one entry.

    Raises:
        Refused: ``illegal_transition``, ``clearance_missing``, ``opening_passed``,
            ``window_too_short``, ``exigency_missing``.
    """
    act = begin_act(actor=actor, at=at, competition=competition, asked=Asked("schedule", key))
    row = act.competition
    if act.is_repeat:
        return
    words_hash = hash_of(current_bundle(row))
    signed = row.clearances.filter(voided_at=None, words_hash=words_hash)
    refuse_if(may_schedule({ClearanceKind(one.kind) for one in signed}))
    if row.opens_at is None or row.closes_at is None:
        raise refuse("dates_missing", "Say when the competition opens and when it closes.")
    refuse_if(opening_refusal(row.opens_at, at))
    refuse_if(window_refusal(row.opens_at, row.closes_at, row.exigency))
    finish_act(act, Step(facts={"opens_at": row.opens_at.isoformat(), "words_hash": words_hash}))
    set_deadline(case=row.case, kind=OPENING, due_at=row.opens_at)
