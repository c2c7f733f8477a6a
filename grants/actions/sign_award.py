"""Four people sign an award in turn; the third reserves its money, the fourth obligates it."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.db.models.functions import Length

from accounts.models import Agency
from grants.actions.move_award import Act, Asked, Step, begin_act, finish_act
from grants.actions.move_competition import refuse_if, require
from grants.actions.post_fund import Posting, lock_pool, post_fund, take_back
from grants.models import Award, AwardStep, Pool
from grants.queries.award_words import (
    digest_of,
    findings_of,
    may_sign_for,
    signed_steps,
    workers_of,
)
from grants.queries.taking_part import hidden_from
from grants.rules.award_signing import (
    STALE,
    STATEMENTS,
    award_number,
    number_stem,
    risk_refusal,
    signing_refusal,
)
from grants.rules.award_states import STEP_WORDS, StepKind
from grants.rules.judging import no_tie
from grants.rules.match.accounts import FundStep
from kit.refusals import Refused, refuse
from trail.actors import Actor


@transaction.atomic
def sign_award(
    *, actor: Actor, at: datetime, award: Award, kind: StepKind, seen: str, key: str = ""
) -> None:
    """Sign one step under the words as they stand.

    Args:
        actor: Who signs; holds the office of the step.
        at: When.
        award: What is signed.
        kind: Which step.
        seen: The digest of the words that the signer has read.
        key: Of the form.

    Side effects: the signature; entries of the pool at the third and fourth step; the number.

    Raises:
        Refused: ``illegal_transition``, ``words_changed``, ``not_the_signer``,
            ``signed_another_step``, ``worker_is_decider``, ``tied_to_proposal``,
            ``checks_missing``, ``barred``, ``concern_unmet``, ``pool_empty``.
    """
    asked = Asked(kind.value, key, {"seen": seen})
    act = begin_act(actor=actor, at=at, award=award, asked=asked)
    if act.is_repeat:
        return
    row = act.award
    words = digest_of(row)
    signer = _signer_of(act, kind)
    if seen != words:
        raise Refused(STALE)
    AwardStep.objects.create(
        award=row,
        kind=kind,
        version=row.version,
        words_digest=words,
        statement=STATEMENTS[kind],
        signed_by_id=signer,
        signed_at=at,
    )
    facts = {"note": STEP_WORDS[kind], "words_digest": words, "version": row.version}
    finish_act(act, Step(facts=facts, changes=_post(act, kind)))


@transaction.atomic
def change_award(*, actor: Actor, at: datetime, award: Award, reason: str, key: str = "") -> None:
    """Open the draft again: every signature is void, the money goes back into the pool.

    Raises:
        Refused: ``illegal_transition``, ``reason_missing``.
    """
    act = begin_act(actor=actor, at=at, award=award, asked=Asked("change", key, {"reason": reason}))
    if act.is_repeat:
        return
    why = require(reason, "reason_missing", "Write what has to change, and why.")[:300]
    row = act.award
    row.steps.filter(voided_at=None).update(voided_at=at, void_reason=why)
    for step in (FundStep.OBLIGATE, FundStep.RESERVE):
        take_back(actor=actor, at=at, award=row, step=step, reason=f"Changed: {why}"[:300])
    changes = {"version": row.version + 1, "obligated_at": None}
    finish_act(act, Step(facts={"note": why, "version": row.version + 1}, changes=changes))


def _signer_of(act: Act, kind: StepKind) -> int:
    """The person who may sign this step."""
    row, person = act.award, act.actor.user_pk
    if person is None or not may_sign_for(row, kind, person):
        raise refuse("not_the_signer", "This step is signed by another office.")
    proposal = row.selected.proposal
    refuse_if(
        no_tie(frozenset({proposal.case.reference}) & hidden_from(person, proposal.competition))
    )
    refuse_if(
        signing_refusal(
            kind=kind, signer=str(act.actor), signed=signed_steps(row), workers=workers_of(row)
        )
    )
    if kind is StepKind.RECOMMEND:
        conditions = row.conditions.filter(removed_at=None).count()
        refuse_if(risk_refusal(findings_of(row), conditions))
    return person


def _post(act: Act, kind: StepKind) -> dict[str, object]:
    """The entries of a step, and the columns that it changes."""
    row = act.award
    if kind is StepKind.CONFIRM_FUNDS:
        allot(actor=act.actor, at=act.at, pool=_pool(row))
        _move(act, FundStep.RESERVE, "Reserved for the award")
    if kind is StepKind.OBLIGATE:
        _move(act, FundStep.OBLIGATE, "Obligated to the award")
        return {"obligated_at": act.at, "number": row.number or _next_number(row, act.at)}
    return {}


def allot(*, actor: Actor, at: datetime, pool: Pool) -> None:
    """Bring the pool's money into its ledger, once. Runs inside a transaction."""
    lock_pool(pool)
    if not pool.entries.exists():
        posting = Posting(FundStep.ALLOT, pool.amount, "Allotted by the notice of the competition")
        post_fund(actor=actor, at=at, pool=pool, award=None, posting=posting)


def _move(act: Act, step: FundStep, reason: str) -> None:
    row = act.award
    posting = Posting(step, row.federal_amount, reason)
    post_fund(actor=act.actor, at=act.at, pool=_pool(row), award=row, posting=posting)


def _pool(award: Award) -> Pool:
    if award.selected.pool is None:  # a selected case has a pool; the database holds it
        raise refuse("no_pool", "No money is named for this award.")
    return award.selected.pool


def _next_number(award: Award, at: datetime) -> str:
    """The number after the agency's last one of the fiscal year; its row is the lock."""
    agency = Agency.objects.select_for_update(no_key=True, of=("self",)).get(pk=award.agency_id)
    stem = number_stem(agency.slug, at.date())
    rows = Award.objects.filter(agency=agency, number__startswith=stem)
    # Longer numbers are higher: text alone would put 9999 above 10000.
    ordered = rows.order_by(Length("number").desc(), "-number")
    last = ordered.values_list("number", flat=True).first()
    return award_number(agency.slug, at.date(), last or "")
