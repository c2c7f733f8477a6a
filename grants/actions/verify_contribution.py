"""What the agency does with a contribution: verify it, ask, reject it, disallow it later."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal

from django.db import transaction

from grants.actions.move_contribution import (
    Act,
    Asked,
    Note,
    Step,
    begin_act,
    finish_act,
    forward_entries,
)
from grants.actions.post_entry import Posting, post_entry, take_back
from grants.models import Contribution
from grants.queries.match_balances import counted_of
from grants.queries.match_witness import witness_of
from grants.rules.budget import dollars
from grants.rules.match import letters, recording
from grants.rules.match.accounts import MatchAccount, MatchStep
from grants.rules.match.states import REJECTION_WORDS, NoteKind, RejectionReason
from kit.refusals import Refused, refuse
from trail.actors import Actor


@transaction.atomic
def verify_contribution(
    *, actor: Actor, at: datetime, contribution: Contribution, words: str = "", key: str = ""
) -> Contribution:
    """Count it: another person than recorder and giver looked at the evidence.

    Raises:
        Refused: ``recorded_it``, ``belongs_to_giver``, ``no_evidence``, ``evidence_unchecked``;
            ``illegal_transition``.
    """
    asked = Asked("verify", key, {"words": words})
    act = begin_act(actor=actor, at=at, contribution=contribution, asked=asked)
    if act.is_repeat:
        return act.contribution
    row = act.contribution
    refusal = recording.verifier_refusal(witness_of(row, actor.user_pk or 0))
    if refusal is not None:
        raise Refused(refusal)
    entry = Posting(row.pledge, MatchStep.VERIFY, row.amount, "Verified", row)
    post_entry(actor=actor, at=at, entry=entry)
    note = Note(NoteKind.VERIFICATION, words) if words.strip() else None
    letter = letters.verified(row.pledge.giver_name, dollars(row.amount))
    return finish_act(act, Step(note=note, letter=letter))


@transaction.atomic
def query_contribution(
    *, actor: Actor, at: datetime, contribution: Contribution, words: str, key: str = ""
) -> Contribution:
    """Ask the group something before verifying.

    Raises:
        Refused: ``no_words``, ``illegal_transition``; ``recorded_it``, ``belongs_to_giver``.
    """
    asked = Asked("query", key, {"words": words})
    act = begin_act(actor=actor, at=at, contribution=contribution, asked=asked)
    if act.is_repeat:
        return act.contribution
    row = _judged(act)
    letter = letters.queried(row.pledge.giver_name, dollars(row.amount), words)
    return finish_act(act, Step(note=Note(NoteKind.QUERY, words), letter=letter))


@transaction.atomic
def reject_contribution(
    *,
    actor: Actor,
    at: datetime,
    contribution: Contribution,
    reason: RejectionReason,
    words: str,
    key: str = "",
) -> Contribution:
    """Turn it down by one of the seven tests; its entry is reversed.

    Raises:
        Refused: ``no_words``, ``illegal_transition``; ``recorded_it``, ``belongs_to_giver``.
    """
    asked = Asked("reject", key, {"reason": reason, "words": words})
    act = begin_act(actor=actor, at=at, contribution=contribution, asked=asked)
    if act.is_repeat:
        return act.contribution
    row = _judged(act)
    _take_back(act, MatchStep.CONTRIBUTE, row.amount, f"Rejected: {REJECTION_WORDS[reason]}")
    letter = letters.rejected(
        row.pledge.giver_name, dollars(row.amount), REJECTION_WORDS[reason], words
    )
    return finish_act(act, Step(note=Note(NoteKind.REJECTION, words, reason), letter=letter))


@transaction.atomic
def disallow_contribution(
    *,
    actor: Actor,
    at: datetime,
    contribution: Contribution,
    amount: Decimal,
    finding: Note,
    key: str = "",
) -> Contribution:
    """Take verified match back, in part or whole, also after it carried a draw.

    Args:
        actor: Of the agency.
        at: When.
        contribution: What was verified.
        amount: How much of it no longer counts.
        finding: The test that it fails, and why.
        key: Of the form.

    Raises:
        Refused: ``more_than_verified``, ``no_words``, ``illegal_transition``; ``recorded_it``,
            ``belongs_to_giver``.
    """
    reason = finding.reason or RejectionReason.OTHER_PROVISION
    body = {"amount": str(amount), "reason": reason, "words": finding.words}
    left = counted_of(contribution)[MatchAccount.VERIFIED]
    asked = Asked("disallow", key, body, is_still=amount < left)
    act = begin_act(actor=actor, at=at, contribution=contribution, asked=asked)
    if act.is_repeat:
        return act.contribution
    row = _judged(act)
    # Asked again under the lock: somebody else may have disallowed meanwhile.
    still = counted_of(row)[MatchAccount.VERIFIED]
    if still != left or amount > still or amount <= 0:
        raise refuse(
            "more_than_verified",
            f"${still:,.2f} of this contribution is verified today. Enter at most that.",
        )
    why = f"Disallowed: {REJECTION_WORDS[reason]}"
    _take_back(act, MatchStep.VERIFY, amount, why)
    _take_back(act, MatchStep.CONTRIBUTE, amount, why)
    giver = row.pledge.giver_name
    letter = letters.disallowed(giver, dollars(amount), REJECTION_WORDS[reason], finding.words)
    note = Note(NoteKind.DISALLOWANCE, finding.words, reason)
    return finish_act(act, Step(facts={"disallowed": str(amount)}, note=note, letter=letter))


def _judged(act: Act) -> Contribution:
    """The contribution, where this person may judge it: neither its recorder nor of its giver."""
    refusal = recording.judge_refusal(witness_of(act.contribution, act.actor.user_pk or 0))
    if refusal is not None:
        raise Refused(refusal)
    return act.contribution


def _take_back(act: Act, step: MatchStep, amount: Decimal, reason: str) -> None:
    rows = forward_entries(act.contribution, step)
    take_back(actor=act.actor, at=act.at, rows=rows, amount=amount, reason=reason)
