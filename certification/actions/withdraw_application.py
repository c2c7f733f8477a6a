"""The authorized representative takes the application back, at any time before the decision."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from certification.actions.move_application import Asked, Step, begin_act, finish_act
from certification.actions.propose_denial import ANSWER
from certification.actions.request_information import CLOSES, REMINDER
from certification.models import Application
from certification.queries.applications import person_in
from certification.rules import receipts
from certification.rules.submission import withdraw_refusals
from kit.refusals import Refused
from records.actions.set_deadline import meet_deadline
from trail.actors import Actor


@transaction.atomic
def withdraw_application(
    *, actor: Actor, at: datetime, application: Application, reason: str = "", key: str = ""
) -> Application:
    """Withdraw; questions that were open need no answer any more.

    Side effects: state, deadlines, trail, clocks, a letter to each seat.

    Raises:
        Refused: ``illegal_transition``, ``not_representative``.
    """
    asked = Asked("withdraw", key, {"reason": reason})
    act = begin_act(actor=actor, at=at, application=application, asked=asked)
    row = act.application
    if act.is_repeat:
        return row
    refusals = withdraw_refusals(row.status, person_in(row.group, actor))
    if refusals:
        raise Refused(refusals[0])
    for kind in (REMINDER, CLOSES, ANSWER):
        meet_deadline(case=row.case, kind=kind, at=at)
    facts = {"reason": reason.strip()} if reason.strip() else {}
    letter = receipts.withdrawn()
    finish_act(act, Step(facts=facts, changes={"decided_at": at}, letter=letter))
    return row
