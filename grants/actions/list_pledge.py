"""Promises made after the award: listed by the group, accepted into the budget, released."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal

from django.db import transaction

from accounts.queries.look_of_names import skeleton_of
from accounts.rules.names import name_key
from grants.actions.close_award_links import close_links_of_pledge
from grants.actions.list_giver import GiverDraft
from grants.actions.move_contribution import lock_award
from grants.actions.post_entry import Posting, post_entry, take_back
from grants.models import Award, MatchEntry, Pledge
from grants.queries.match_balances import held_in
from grants.queries.pool_givers import Giver, pool_giver_refusal
from grants.rules.match.accounts import MatchAccount, MatchStep
from grants.rules.panel_states import MATCH, MatchState
from grants.rules.proposal_draft import Promise, giver_class_sentence
from kit.refusals import Refusal, Refused, refuse
from trail.actions.claim_key import claim_key, settle_key
from trail.actions.record_entry import record_entry
from trail.actors import Actor


@transaction.atomic
def list_pledge(*, actor: Actor, at: datetime, award: Award, giver: GiverDraft, key: str) -> Pledge:
    """Write a further promise down; it counts for nothing until its giver signs.

    Raises:
        Refused: ``award_not_active``, ``no_amount``, ``giver_class``, ``giver_listed``,
            ``feeds_the_award``.
    """
    body = f"{award.pk}:{giver!r}"
    claim = claim_key(actor=actor, at=at, key=key, verb="list_pledge", body=body)
    if claim.result_reference:
        return Pledge.objects.get(reference=claim.result_reference)
    row = lock_award(award.pk)
    _check(row, giver)
    made = Pledge.objects.create(
        award=row,
        giver_name=giver.name,
        name_key=name_key(giver.name),
        skeleton_key=skeleton_of(giver.name),
        giver_class=giver.giver_class,
        kind=giver.kind,
        amount=giver.amount,
        purpose=giver.purpose,
        contact_name=giver.contact_name,
        contact_email=giver.contact_email,
        listed_by=str(actor),
        listed_at=at,
    )
    _tell(actor, at, made, "list_pledge", {"amount": str(giver.amount)})
    settle_key(claim, made.reference)
    return made


@transaction.atomic
def take_out_pledge(*, actor: Actor, at: datetime, pledge: Pledge, key: str) -> Pledge:
    """Take a promise out that nobody has signed.

    Raises:
        Refused: ``pledge_signed``, ``illegal_transition``.
    """
    claim = claim_key(actor=actor, at=at, key=key, verb="take_out_pledge", body=pledge.reference)
    row = _lock(pledge)
    if claim.result_reference:
        return row
    if row.state == MatchState.SIGNED:
        raise refuse(
            "pledge_signed",
            "The giver has signed this promise. The programme officer can release it.",
        )
    row.state = MATCH.move(MatchState(row.state), "withdraw")
    row.save(update_fields=["state"])
    close_links_of_pledge(row, at)
    _tell(actor, at, row, "take_out_pledge", {})
    settle_key(claim, row.reference)
    return row


@transaction.atomic
def accept_pledge(*, actor: Actor, at: datetime, pledge: Pledge, key: str) -> Pledge:
    """Accept a signed promise into the approved budget: all that is not in it yet.

    Raises:
        Refused: ``not_signed``.
    """
    claim = claim_key(actor=actor, at=at, key=key, verb="accept_pledge", body=pledge.reference)
    row = _lock(pledge)
    if claim.result_reference:
        return row
    waiting = held_in(row.entries.all(), MatchAccount.PLEDGED)
    if row.state != MatchState.SIGNED or waiting <= 0:
        raise refuse("not_signed", "Nothing of this promise waits to be accepted.")
    entry = Posting(row, MatchStep.COMMIT, waiting, "Accepted into the approved budget")
    post_entry(actor=actor, at=at, entry=entry)
    _tell(actor, at, row, "accept_pledge", {"amount": str(waiting)})
    settle_key(claim, row.reference)
    return row


@transaction.atomic
def release_pledge(
    *, actor: Actor, at: datetime, pledge: Pledge, amount: Decimal, words: str, key: str
) -> Pledge:
    """Reduce a promise by what was not given, or release it whole: by reversing entries.

    Raises:
        Refused: ``more_than_open``, ``no_words``.
    """
    body = f"{pledge.reference}:{amount}:{words}"
    claim = claim_key(actor=actor, at=at, key=key, verb="release_pledge", body=body)
    row = _lock(pledge)
    if claim.result_reference:
        return row
    if not words.strip():
        raise refuse("no_words", "Write a sentence or two, so that others understand.")
    outside = held_in(row.entries.all(), MatchAccount.PLEDGED)
    committed = held_in(row.entries.all(), MatchAccount.COMMITTED)
    if not 0 < amount <= outside + committed:
        raise refuse(
            "more_than_open",
            f"${outside + committed:,.2f} of this promise is still to be given. "
            "Enter at most that.",
        )
    from_budget = max(amount - outside, Decimal(0))
    why = f"Released: {words}"
    for step, part in ((MatchStep.COMMIT, from_budget), (MatchStep.PLEDGE, amount)):
        rows = MatchEntry.objects.filter(pledge=row, step=step, reverses=None)
        forward = list(rows.select_related("pledge", "contribution"))
        take_back(actor=actor, at=at, rows=forward, amount=part, reason=why)
    _tell(actor, at, row, "release_pledge", {"amount": str(amount), "words": words})
    settle_key(claim, row.reference)
    return row


def _lock(pledge: Pledge) -> Pledge:
    award = lock_award(pledge.award_id)
    row = Pledge.objects.select_for_update().get(pk=pledge.pk)
    row.award = award
    return row


def _check(award: Award, giver: GiverDraft) -> None:
    allowed = frozenset(award.selected.proposal.competition.giver_classes)
    if giver.amount <= 0:
        raise refuse("no_amount", "Enter an amount above zero.")
    if giver.giver_class not in allowed:
        promise = Promise(giver.name, giver.giver_class, giver.amount, MatchState.LISTED)
        raise Refused(Refusal("giver_class", giver_class_sentence(promise, allowed)))
    refusal = pool_giver_refusal(award, Giver(giver.name, giver.contact_email))
    if refusal is not None:
        raise Refused(refusal)
    gone = (MatchState.WITHDRAWN, MatchState.DECLINED)
    twin = award.pledges.exclude(state__in=gone)
    if twin.filter(name_key=name_key(giver.name), kind=giver.kind).exists():
        raise refuse(
            "giver_listed", f"{giver.name} already promises match of this kind to this award."
        )


def _tell(actor: Actor, at: datetime, pledge: Pledge, verb: str, facts: dict[str, str]) -> None:
    told = {"pledge": pledge.reference, "giver": pledge.giver_name, **facts}
    record_entry(case=pledge.award.case, actor=actor, at=at, verb=verb, facts=told)
