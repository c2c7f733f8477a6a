"""A selecting official cancels a competition; everybody who started a proposal is told why."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from grants.actions.close_competition import CLOSING
from grants.actions.move_competition import Asked, Step, begin_act, finish_act, require
from grants.actions.schedule_competition import OPENING
from grants.actions.write_to_applicants import write_to_applicants
from grants.models import Competition
from records.actions.set_deadline import meet_deadline
from trail.actors import Actor


@transaction.atomic
def cancel_competition(
    *, actor: Actor, at: datetime, competition: Competition, why: str, key: str = ""
) -> None:
    """End a competition without a decision.

    Side effects: state, reason, deadlines met, one entry, letters.

    Raises:
        Refused: ``illegal_transition``, ``reason_missing``.
    """
    asked = Asked("cancel", key, {"why": why})
    act = begin_act(actor=actor, at=at, competition=competition, asked=asked)
    row = act.competition
    if act.is_repeat:
        return
    reason = require(why, "reason_missing", "Say why; everybody reads it.")
    for kind in (OPENING, CLOSING):
        meet_deadline(case=row.case, kind=kind, at=at)
    changes = {"cancelled_at": at, "cancel_reason": reason}
    entry = finish_act(act, Step(facts={"note": reason}, changes=changes))
    write_to_applicants(
        row,
        at,
        template="grants/mail/cancelled",
        context={"why": reason},
        key=f"{row.reference}:{entry.sequence}",
    )
