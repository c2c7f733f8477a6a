"""An authorized representative of the group accepts an offered award, or declines it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from certification.queries.applications import person_in
from certification.rules.groups import SeatRole
from certification.rules.letters import LetterText
from grants.actions.move_award import Act, Asked, Step, begin_act, finish_act
from grants.actions.move_competition import require
from grants.actions.offer_award import REMINDER, is_past_last_day
from grants.actions.open_pledges import open_pledges
from grants.actions.post_fund import take_back
from grants.actions.schedule_reports import schedule_reports
from grants.models import Award
from grants.queries.award_words import offer_digest
from grants.queries.pool_givers import left_out
from grants.rules import award_letters
from grants.rules.award_signing import STALE
from grants.rules.award_terms import ACCEPTANCE, DECLINING
from grants.rules.match.accounts import FundStep
from kit.refusals import Refused, refuse
from records.actions.set_deadline import meet_deadline
from trail.actors import Actor


@dataclass(frozen=True, slots=True)
class Answer:
    """Under which title somebody signs, and the digest of the words that they have read."""

    title: str
    seen: str
    reason: str = ""


@transaction.atomic
def accept_award(
    *, actor: Actor, at: datetime, award: Award, answer: Answer, key: str = ""
) -> None:
    """Accept: the award is active, and the signed promises become pledges of its ledger.

    Side effects: pledges and their entries, the schedule of reports, a letter, trail.

    Raises:
        Refused: ``illegal_transition``, ``not_representative``, ``offer_is_over``,
            ``words_changed``, ``no_title``.
    """
    act = _begin("accept", actor, at, award, answer, key)
    if act is None:
        return
    row = act.award
    pledges = open_pledges(actor=actor, at=at, award=row)
    missed = tuple(one.organization_name for one in left_out(row))
    letter = award_letters.accepted(row.title, row.number, pledges, missed)
    _finish(act, answer, ACCEPTANCE, letter)
    schedule_reports(row, at)


@transaction.atomic
def decline_award(
    *, actor: Actor, at: datetime, award: Award, answer: Answer, key: str = ""
) -> None:
    """Decline: the money goes back into the pool.

    Raises:
        Refused: ``illegal_transition``, ``not_representative``, ``offer_is_over``,
            ``words_changed``, ``no_title``.
    """
    act = _begin("decline", actor, at, award, answer, key)
    if act is None:
        return
    row = act.award
    for step in (FundStep.OBLIGATE, FundStep.RESERVE):
        take_back(actor=actor, at=at, award=row, step=step, reason="The recipient declined")
    statement = f"{DECLINING} {answer.reason.strip()}".strip()
    _finish(act, answer, statement, award_letters.declined(row.title, row.number))


def _begin(
    verb: str, actor: Actor, at: datetime, award: Award, answer: Answer, key: str
) -> Act | None:
    """The act, or None where it was done before."""
    body = {"title": answer.title, "seen": answer.seen, "reason": answer.reason}
    act = begin_act(actor=actor, at=at, award=award, asked=Asked(verb, key, body))
    if act.is_repeat:
        return None
    row = act.award
    if person_in(row.group, actor).seat is not SeatRole.AUTHORIZED_REPRESENTATIVE:
        raise refuse(
            "not_representative", "Only an authorized representative of the group answers an offer."
        )
    if is_past_last_day(row, at):
        raise refuse(
            "offer_is_over",
            "The last day to answer has passed. Ask the agency's grants officer for more time.",
        )
    if answer.seen != offer_digest(row):
        raise Refused(STALE)
    require(answer.title, "no_title", "Enter the title under which you sign for the group.")
    return act


def _finish(act: Act, answer: Answer, statement: str, letter: LetterText) -> None:
    title = answer.title.strip()
    changes = {
        "answered_by_id": act.actor.user_pk,
        "answered_at": act.at,
        "answered_title": title,
        "answered_statement": statement,
    }
    facts = {"statement": statement, "digest": answer.seen}
    meet_deadline(case=act.award.case, kind=REMINDER, at=act.at)
    finish_act(act, Step(facts=facts, changes=changes, personal={"title": title}, letter=letter))
