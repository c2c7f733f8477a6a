"""A group appeals against a result; an appeals officer who took no part decides."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.urls import reverse

from grants.actions.move_competition import refuse_if, require
from grants.actions.move_proposal import lock_proposal, write_to_applicants
from grants.models import Proposal, ResultAppeal
from grants.queries.debriefs import announced
from grants.queries.taking_part import hidden_from, took_part
from grants.rules.appeals import may_appeal, said_enough
from grants.rules.debrief import AppealGround, appeal_until
from grants.rules.judging import no_tie, took_no_part
from grants.rules.result_letters import appeal_decided, appeal_received
from grants.rules.selection_states import APPEAL
from kit.refusals import refuse
from trail.actions.claim_key import claim_key, settle_key
from trail.actions.record_entry import record_entry
from trail.actors import Actor
from trail.models import IdempotencyKey
from trail.rules.chain import canonical


@transaction.atomic
def file_appeal(
    *,
    actor: Actor,
    at: datetime,
    proposal: Proposal,
    ground: AppealGround,
    words: str,
    key: str = "",
) -> ResultAppeal | None:
    """Appeal within thirty days of the announcement.

    Side effects: the appeal, trail, a letter.

    Raises:
        Refused: ``not_announced``, ``already_appealed``, ``too_late``, ``words_missing``.
    """
    claim = _claim(actor, at, key, "file_appeal", [proposal.pk, ground, words])
    if claim is not None and claim.result_reference:
        return None
    row = lock_proposal(proposal)
    until = _until(row, at)
    has_appeal = ResultAppeal.objects.filter(proposal=row).exists()
    refuse_if(may_appeal(at=at, until=until, has_appeal=has_appeal))
    refuse_if(said_enough(words))
    appeal = ResultAppeal.objects.create(
        proposal=row,
        ground=ground,
        words=words.strip(),
        filed_by=str(actor),
        filed_at=at,
        due_at=until or at,
    )
    _record(appeal, actor, at, "file_appeal")
    letter = appeal_received(appeal.reference, _address(row))
    write_to_applicants(at=at, proposal=row, letter=letter, key=f"appeal:{appeal.reference}")
    if claim is not None:
        settle_key(claim, appeal.reference)
    return appeal


@transaction.atomic
def withdraw_appeal(*, actor: Actor, at: datetime, appeal: ResultAppeal, key: str = "") -> None:
    """Take an appeal back.

    Raises:
        Refused: ``illegal_transition``.
    """
    claim = _claim(actor, at, key, "withdraw_appeal", [appeal.pk])
    if claim is not None and claim.result_reference:
        return
    row = _locked(appeal)
    row.state = APPEAL.move(row.status, "withdraw")
    row.save(update_fields=["state"])
    _record(row, actor, at, "withdraw_appeal")
    if claim is not None:
        settle_key(claim, row.reference)


@transaction.atomic
def decide_appeal(  # noqa: PLR0913 - the facts of a decision
    *,
    actor: Actor,
    at: datetime,
    appeal: ResultAppeal,
    is_upheld: bool,
    reasons: str,
    remedy: str = "",
    key: str = "",
) -> None:
    """Uphold with a remedy, or dismiss; the result itself stays as it was announced.

    Side effects: state, trail, a letter.

    Raises:
        Refused: ``illegal_transition``, ``took_part``, ``tied_to_proposal``, ``reasons_missing``,
            ``remedy_missing``.
    """
    claim = _claim(actor, at, key, "decide_appeal", [appeal.pk, is_upheld, reasons, remedy])
    if claim is not None and claim.result_reference:
        return
    row = _locked(appeal)
    competition = row.proposal.competition
    if actor.user_pk is None:
        raise refuse("needs_a_person", "An appeal is decided by a person.")
    refuse_if(no_tie(hidden_from(actor.user_pk, competition)))
    refuse_if(took_no_part(people=took_part(competition), decider=str(actor)))
    row.state = APPEAL.move(row.status, "uphold" if is_upheld else "dismiss")
    row.reasons = require(reasons, "reasons_missing", "Write why you decide so.")
    row.remedy = (
        require(remedy, "remedy_missing", "Say what the agency will do.") if is_upheld else ""
    )
    row.decided_by, row.decided_at = str(actor), at
    row.save(update_fields=["state", "reasons", "remedy", "decided_by", "decided_at"])
    _record(row, actor, at, "decide_appeal")
    letter = appeal_decided(
        row.reference,
        _address(row.proposal),
        is_upheld=is_upheld,
        reasons=row.reasons,
        remedy=row.remedy,
    )
    key_of_letter = f"appeal:{row.reference}:decided"
    write_to_applicants(at=at, proposal=row.proposal, letter=letter, key=key_of_letter)
    if claim is not None:
        settle_key(claim, row.reference)


def _until(proposal: Proposal, at: datetime) -> datetime | None:
    """Until when the group may appeal; None while nothing is announced, or nothing of theirs."""
    found = announced(proposal, at)
    if found is None or found[0].public_from is None:
        return None
    return appeal_until(found[0].public_from, proposal.competition.agency.time_zone)


def _locked(appeal: ResultAppeal) -> ResultAppeal:
    rows = ResultAppeal.objects.select_for_update(of=("self",)).select_related(
        "proposal__case",
        "proposal__group",
        "proposal__competition__case",
        "proposal__competition__agency",
    )
    return rows.get(pk=appeal.pk)


def _claim(
    actor: Actor, at: datetime, key: str, verb: str, body: list[object]
) -> IdempotencyKey | None:
    if not key:
        return None
    return claim_key(actor=actor, at=at, key=key, verb=verb, body=canonical(body))


def _record(appeal: ResultAppeal, actor: Actor, at: datetime, verb: str) -> None:
    facts = {"appeal": appeal.reference}
    record_entry(case=appeal.proposal.case, actor=actor, at=at, verb=verb, facts=facts)


def _address(proposal: Proposal) -> str:
    return reverse("grants:proposal_appeal", args=[proposal.case.reference])
