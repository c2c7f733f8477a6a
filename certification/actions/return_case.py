"""The deciding official returns a case for more review."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from certification.actions.move_application import (
    Asked,
    Step,
    begin_act,
    check_decider,
    finish_act,
    require,
)
from certification.models import Application
from certification.rules.letters import case_returned
from certification.rules.reasons import RETURN_REASON_WORDS, ReturnReason
from trail.actors import Actor


@transaction.atomic
def return_case(
    *,
    actor: Actor,
    at: datetime,
    application: Application,
    reason: ReturnReason,
    note: str,
    key: str = "",
) -> None:
    """Send the case back with a reason.

    Side effects: state, the recommendation's return, trail, clocks, a letter.

    Raises:
        Refused: ``illegal_transition``, ``own_case``, ``worker_is_decider``, ``note_missing``.
    """
    asked = Asked("return_case", key, {"reason": reason, "note": note})
    act = begin_act(actor=actor, at=at, application=application, asked=asked)
    if act.is_repeat:
        return
    check_decider(act)
    row = act.application.recommendations.filter(returned_at=None).latest("recommended_at")
    row.return_reason = reason
    row.return_note = require(note, "note_missing", "Say what is to be done.")
    row.returned_at, row.returned_by_id = at, actor.user_pk
    row.save(update_fields=["return_reason", "return_note", "returned_at", "returned_by"])
    words = RETURN_REASON_WORDS[reason]
    finish_act(act, Step(facts={"reason": words}, letter=case_returned(words)))
