"""List who promises matching funds, and take a promise out again."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from django.db import transaction

from accounts.queries.look_of_names import skeleton_of
from accounts.rules.names import name_key
from grants.actions.ask_giver import close_links_of
from grants.actions.edit_proposal import begin_edit, finish_edit
from grants.models import MatchCommitment, Proposal
from grants.rules.panel_states import MATCH, MatchState
from grants.rules.proposal_draft import Promise, giver_class_sentence
from kit.refusals import Refusal, Refused, refuse
from trail.actions.claim_key import claim_key, settle_key
from trail.actions.record_entry import record_entry
from trail.actors import Actor


@dataclass(frozen=True, slots=True)
class GiverDraft:
    """A promise as the group writes it down."""

    name: str
    giver_class: str
    kind: str
    amount: Decimal
    contact_name: str
    contact_email: str
    purpose: str = ""
    uei: str = ""


@transaction.atomic
def list_giver(
    *, actor: Actor, at: datetime, proposal: Proposal, giver: GiverDraft, key: str
) -> MatchCommitment:
    """Write a promise down; it counts only once the giver has signed.

    Raises:
        Refused: ``not_a_draft``, ``no_amount``, ``giver_class``, ``giver_listed``.
    """
    body = f"{proposal.pk}:{giver!r}"
    claim = claim_key(actor=actor, at=at, key=key, verb="list_giver", body=body)
    if claim.result_reference:
        return MatchCommitment.objects.get(reference=claim.result_reference)
    row = begin_edit(proposal)
    _check(row, giver)
    made = row.match.create(
        organization_name=giver.name,
        name_key=name_key(giver.name),
        skeleton_key=skeleton_of(giver.name),
        uei=giver.uei,
        giver_class=giver.giver_class,
        kind=giver.kind,
        amount=giver.amount,
        purpose=giver.purpose,
        contact_name=giver.contact_name,
        contact_email=giver.contact_email,
        added_at=at,
    )
    facts = {"giver": giver.name, "commitment": made.reference, "amount": str(giver.amount)}
    record_entry(case=row.case, actor=actor, at=at, verb="list_giver", facts=facts)
    finish_edit(row, actor=actor, at=at, section="Matching funds")
    settle_key(claim, made.reference)
    return made


@transaction.atomic
def take_out_giver(*, actor: Actor, at: datetime, commitment: MatchCommitment, key: str) -> None:
    """Take a promise out; an open link closes.

    Raises:
        Refused: ``not_a_draft``, ``illegal_transition``, ``version_rests_on_it``.
    """
    body = commitment.reference
    claim = claim_key(actor=actor, at=at, key=key, verb="take_out_giver", body=body)
    if claim.result_reference:
        return
    proposal = begin_edit(commitment.proposal)
    row = MatchCommitment.objects.select_for_update().get(pk=commitment.pk)
    if proposal.counting and _rests_on(proposal.counting.content, row):
        raise refuse(
            "version_rests_on_it",
            "The version that you submitted counts on this promise. It can be taken out only "
            "with the proposal.",
        )
    row.state = MATCH.move(MatchState(row.state), "withdraw")
    row.save(update_fields=["state"])
    close_links_of(row, at)
    facts = {"giver": row.organization_name, "commitment": row.reference}
    record_entry(case=proposal.case, actor=actor, at=at, verb="take_out_giver", facts=facts)
    finish_edit(proposal, actor=actor, at=at, section="Matching funds")
    settle_key(claim, row.reference)


def _check(proposal: Proposal, giver: GiverDraft) -> None:
    allowed = frozenset(proposal.competition.giver_classes)
    if giver.amount <= 0:
        raise refuse("no_amount", "Enter an amount above zero.")
    if giver.giver_class not in allowed:
        promise = Promise(giver.name, giver.giver_class, giver.amount, MatchState.LISTED)
        raise Refused(Refusal("giver_class", giver_class_sentence(promise, allowed)))
    twin = proposal.match.exclude(state=MatchState.WITHDRAWN)
    if twin.filter(name_key=name_key(giver.name), kind=giver.kind).exists():
        raise refuse(
            "giver_listed",
            f"{giver.name} is already listed with a promise of this kind. To change the amount, "
            "take that one out first.",
        )


def _rests_on(content: dict[str, object], row: MatchCommitment) -> bool:
    match = content.get("match", [])
    return isinstance(match, list) and any(one["reference"] == row.reference for one in match)
