"""Ask a giver to sign: a personal link by mail, again if need be, closed when time runs out."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.db.models import Min

from certification.queries.personal_links import digest_of, fresh_nonce, token_of
from certification.rules.groups import REMIND_AFTER
from grants.actions.edit_proposal import begin_edit, finish_edit
from grants.actions.move_proposal import lock_proposal
from grants.models import GiverLink, MatchCommitment, Proposal
from grants.queries.giver_links import claim_of, giving_address
from grants.rules.giver_words import GIVER_LINK_LIFE
from grants.rules.panel_states import MATCH, MatchState
from kit.refusals import refuse
from records.actions.send_letter import Recipient, send_letter
from records.actions.set_deadline import set_deadline
from trail.actions.claim_key import claim_key, settle_key
from trail.actions.record_entry import record_entry
from trail.actors import SYSTEM, Actor
from trail.models import Case

EXPIRY = "expire_givers"
AGAIN = {
    MatchState.LISTED: "ask",
    MatchState.EXPIRED: "ask_again",
    MatchState.DECLINED: "ask_again",
}


@transaction.atomic
def ask_giver(*, actor: Actor, at: datetime, commitment: MatchCommitment, key: str) -> GiverLink:
    """Write to the giver with a link of its own; the link of an earlier letter closes.

    Raises:
        Refused: ``not_a_draft``, ``illegal_transition``; ``reminded_lately`` within a day of the
            last letter.
    """
    body = commitment.reference
    claim = claim_key(actor=actor, at=at, key=key, verb="ask_giver", body=body)
    if claim.result_reference:
        return GiverLink.objects.get(pk=int(claim.result_reference))
    proposal = begin_edit(commitment.proposal)
    row = MatchCommitment.objects.select_for_update().get(pk=commitment.pk)
    is_reminder = row.state == MatchState.ASKED
    if is_reminder:
        _check_patience(row, at)
    else:
        verb = AGAIN.get(MatchState(row.state), "ask")
        row.state, row.answered_at = MATCH.move(MatchState(row.state), verb), None
        row.save(update_fields=["state", "answered_at"])
    link = _issue(actor, at, proposal, row, is_reminder=is_reminder)
    facts = {"giver": row.organization_name, "commitment": row.reference}
    verb = "remind_giver" if is_reminder else "ask_giver"
    record_entry(case=proposal.case, actor=actor, at=at, verb=verb, facts=facts)
    finish_edit(proposal, actor=actor, at=at, section="Matching funds")
    settle_key(claim, str(link.pk))
    return link


@transaction.atomic
def expire_givers(case: Case, at: datetime) -> None:
    """Close what ran out by then, and come back for the next; safe to run twice."""
    proposal = lock_proposal(Proposal.objects.get(case=case))
    ran_out = GiverLink.objects.filter(
        commitment__proposal=proposal, used_at=None, closed_at=None, expires_at__lte=at
    )
    for link in ran_out.select_related("commitment"):
        row = MatchCommitment.objects.select_for_update().get(pk=link.commitment_id)
        row.state = MATCH.move(MatchState(row.state), "expire")
        row.save(update_fields=["state"])
        close_links_of(row, at)
        facts = {"giver": row.organization_name, "commitment": row.reference}
        record_entry(case=case, actor=SYSTEM, at=at, verb="expire_match", facts=facts)
    schedule_expiry(proposal)


def schedule_expiry(proposal: Proposal) -> None:
    """Let the sweep of deadlines come when the next open link runs out."""
    still_open = GiverLink.objects.filter(
        commitment__proposal=proposal, used_at=None, closed_at=None
    )
    next_end = still_open.aggregate(next_end=Min("expires_at"))["next_end"]
    if next_end is not None:
        set_deadline(case=proposal.case, kind=EXPIRY, due_at=next_end)


def close_links(proposal: Proposal, at: datetime) -> None:
    """Close every open link of the proposal. Runs inside an act."""
    rows = GiverLink.objects.filter(commitment__proposal=proposal)
    rows.filter(used_at=None, closed_at=None).update(closed_at=at)


def close_links_of(commitment: MatchCommitment, at: datetime) -> None:
    """Close the giver's open link. Runs inside an act."""
    commitment.links.filter(used_at=None, closed_at=None).update(closed_at=at)


def _check_patience(row: MatchCommitment, at: datetime) -> None:
    last = row.links.order_by("-sent_at").first()
    if last is not None and at - last.sent_at < REMIND_AFTER:
        raise refuse(
            "reminded_lately",
            f"We wrote to {row.organization_name} less than a day ago. "
            "You can remind them again tomorrow.",
        )


def _issue(
    actor: Actor, at: datetime, proposal: Proposal, row: MatchCommitment, *, is_reminder: bool
) -> GiverLink:
    close_links_of(row, at)
    nonce = fresh_nonce()
    link = GiverLink.objects.create(
        commitment=row,
        nonce=nonce,
        token_digest=digest_of(token_of(nonce)),
        sent_at=at,
        expires_at=at + GIVER_LINK_LIFE,
    )
    row.proposal = proposal
    send_letter(
        case=proposal.case,
        at=at,
        template="grants/mail/giver_request",
        to=Recipient(row.contact_email, row.contact_name),
        context={
            "claim": claim_of(row),
            "sender": actor.name,
            "is_reminder": is_reminder,
            "expires_at": link.expires_at,
            "address": giving_address(link),
        },
        key=f"giver:{link.pk}",
    )
    schedule_expiry(proposal)
    return link
