"""The grants officer takes back an offer that the group did not answer by its last day."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from grants.actions.move_award import Asked, Step, begin_act, finish_act
from grants.actions.move_competition import require
from grants.actions.offer_award import REMINDER, last_minute_to_answer, local_day
from grants.actions.post_fund import take_back
from grants.models import Award
from grants.rules import award_letters
from grants.rules.award_signing import withdrawal_refusal
from grants.rules.match.accounts import FundStep
from kit.refusals import Refused
from records.actions.set_deadline import meet_deadline
from trail.actors import Actor

WHY_BACK = "The offer was taken back: nobody answered it"


@transaction.atomic
def withdraw_offer(*, actor: Actor, at: datetime, award: Award, reason: str, key: str = "") -> None:
    """Take the offer back; the money returns into the pool, as after a declined offer.

    Side effects: reversals in the ledger of the pool, a letter to the group, trail.

    Raises:
        Refused: ``illegal_transition``, ``offer_still_open``, ``reason_missing``.
    """
    asked = Asked("withdraw_offer", key, {"reason": reason})
    act = begin_act(actor=actor, at=at, award=award, asked=asked)
    if act.is_repeat:
        return
    row, today = act.award, local_day(act.award, at)
    refusal = withdrawal_refusal(row.answer_by, today)
    if refusal is not None:
        raise Refused(refusal)
    why = require(reason, "reason_missing", "Write why the offer is taken back.")
    for step in (FundStep.OBLIGATE, FundStep.RESERVE):
        take_back(actor=actor, at=at, award=row, step=step, reason=WHY_BACK)
    changes = {"withdrawn_at": at, "withdrawn_on": today, "withdrawal_reason": why}
    letter = award_letters.taken_back(row.title, row.number, why, last_minute_to_answer(row))
    meet_deadline(case=row.case, kind=REMINDER, at=at)
    finish_act(act, Step(facts={"note": why}, changes=changes, letter=letter))
