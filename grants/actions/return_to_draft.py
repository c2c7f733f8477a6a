"""A competition goes back to its draft: whatever was signed is void."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from grants.actions.move_competition import Asked, Step, begin_act, finish_act, require
from grants.actions.schedule_competition import OPENING
from grants.models import Competition
from records.actions.set_deadline import meet_deadline
from trail.actors import Actor


@transaction.atomic
def return_to_draft(
    *, actor: Actor, at: datetime, competition: Competition, why: str, key: str = ""
) -> None:
    """Let the words be changed again.

    Side effects: state, signatures voided, the opening no longer scheduled, one entry.

    Raises:
        Refused: ``illegal_transition``, ``reason_missing``.
    """
    asked = Asked("return_to_draft", key, {"why": why})
    act = begin_act(actor=actor, at=at, competition=competition, asked=asked)
    if act.is_repeat:
        return
    reason = require(why, "reason_missing", "Say what has to change.")
    act.competition.clearances.filter(voided_at=None).update(voided_at=at)
    meet_deadline(case=act.competition.case, kind=OPENING, at=at)
    finish_act(act, Step(facts={"note": reason}))
