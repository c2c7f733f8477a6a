"""What becomes of a giver's complaint: the group answers, an officer of neither side decides."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from grants.actions.make_complaint import write_to_giver
from grants.actions.move_award import write_to_recipient
from grants.actions.move_competition import require
from grants.actions.move_contribution import lock_award
from grants.models import Award, GiverComplaint
from grants.queries.complaints import complaint_refusal
from grants.rules.match import complaint_letters
from grants.rules.match.complaints import COMPLAINT, OUTCOME_WORDS, Outcome
from kit.refusals import Refused
from trail.actions.claim_key import claim_key, settle_key
from trail.actions.record_entry import record_entry
from trail.actors import Actor
from trail.models import IdempotencyKey


@dataclass(frozen=True, slots=True)
class _Act:
    actor: Actor
    at: datetime
    verb: str
    claim: IdempotencyKey
    row: GiverComplaint
    award: Award


@transaction.atomic
def answer_complaint(
    *, actor: Actor, at: datetime, complaint: GiverComplaint, words: str, key: str
) -> GiverComplaint:
    """Answer for the group; the giver gets the answer as a letter.

    Raises:
        Refused: ``no_words``, ``illegal_transition``.
    """
    act = _begin(actor, at, complaint, ("answer_complaint", key, words))
    if act.claim.result_reference:
        return act.row
    said = require(words, "no_words", "Write your answer, in your own words.")
    row = _finish(act, {"answer": said, "answered_by": str(actor), "answered_at": at})
    letter = complaint_letters.answered(
        row.pledge.giver_name, act.award.group.name, row.words, said
    )
    key = f"{row.reference}:answered"
    write_to_giver(at=at, award=act.award, pledge=row.pledge, letter=letter, key=key)
    return row


@transaction.atomic
def decide_complaint(
    *,
    actor: Actor,
    at: datetime,
    complaint: GiverComplaint,
    outcome: Outcome,
    words: str,
    key: str,
) -> GiverComplaint:
    """Decide, with reasons; giver and group get them as a letter.

    Raises:
        Refused: ``no_words``, ``illegal_transition``, ``belongs_to_a_side``.
    """
    act = _begin(actor, at, complaint, ("decide_complaint", key, f"{outcome}:{words}"))
    if act.claim.result_reference:
        return act.row
    refusal = complaint_refusal(act.row, actor.user_pk or 0)
    if refusal is not None:
        raise Refused(refusal)
    said = require(words, "no_words", "Write what you found, and what follows.")
    changes = {"outcome": outcome, "decision": said, "decided_by": str(actor), "decided_at": at}
    row = _finish(act, changes)
    letter = complaint_letters.decided(
        row.pledge.giver_name, row.words, OUTCOME_WORDS[outcome], said
    )
    key = f"{row.reference}:decided"
    write_to_giver(at=at, award=act.award, pledge=row.pledge, letter=letter, key=key)
    write_to_recipient(at=at, award=act.award, letter=letter, key=key)
    return row


def _begin(
    actor: Actor, at: datetime, complaint: GiverComplaint, asked: tuple[str, str, str]
) -> _Act:
    """Claim the key, lock award and complaint, ask the lifecycle."""
    verb, key, said = asked
    body = f"{complaint.reference}:{said}"
    claim = claim_key(actor=actor, at=at, key=key, verb=verb, body=body)
    award = lock_award(complaint.award_id)
    rows = GiverComplaint.objects.select_for_update(of=("self",)).select_related("pledge")
    row = rows.get(pk=complaint.pk)
    if not claim.result_reference:
        COMPLAINT.move(row.status, verb)
    return _Act(actor, at, verb, claim, row, award)


def _finish(act: _Act, changes: Mapping[str, object]) -> GiverComplaint:
    row = act.row
    row.state = COMPLAINT.move(row.status, act.verb)
    for name, value in changes.items():
        setattr(row, name, value)
    row.save(update_fields=["state", *changes])
    facts = {"complaint": row.reference, "giver": row.pledge.giver_name}
    record_entry(case=act.award.case, actor=act.actor, at=act.at, verb=act.verb, facts=facts)
    settle_key(act.claim, row.reference)
    return row
