"""Ask a giver during an award: to confirm what it gave, or to sign a further promise."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from certification.queries.personal_links import digest_of, fresh_nonce, token_of
from certification.rules.groups import REMIND_AFTER
from grants.actions.close_award_links import close_links_of_contribution, close_links_of_pledge
from grants.actions.move_contribution import lock_award, lock_contribution
from grants.models import AwardGiverLink, Contribution, Pledge
from grants.queries.award_links import (
    award_giving_address,
    award_of,
    claim_of_link,
    pledge_of,
)
from grants.rules.match.giver_words import AWARD_LINK_LIFE
from grants.rules.match.states import CONTRIBUTION
from grants.rules.panel_states import MATCH, MatchState
from kit.refusals import refuse
from records.actions.send_letter import Recipient, send_letter
from trail.actions.claim_key import claim_key, settle_key
from trail.actions.record_entry import record_entry
from trail.actors import Actor

AGAIN = {MatchState.EXPIRED: "ask_again", MatchState.DECLINED: "ask_again"}


@transaction.atomic
def ask_confirmation(
    *, actor: Actor, at: datetime, contribution: Contribution, key: str
) -> AwardGiverLink:
    """Write to the giver with a link of its own; the link of an earlier letter closes.

    Raises:
        Refused: ``illegal_transition`` unless evidence is attached and nobody has answered;
            ``reminded_lately``.
    """
    body = contribution.reference
    claim = claim_key(actor=actor, at=at, key=key, verb="ask_confirmation", body=body)
    if claim.result_reference:
        return AwardGiverLink.objects.get(pk=int(claim.result_reference))
    row = lock_contribution(contribution.pk)
    CONTRIBUTION.move(row.status, "confirm")
    _check_patience(row.links.order_by("-sent_at").first(), at)
    close_links_of_contribution(row, at)
    link = _issue(actor, at, AwardGiverLink(contribution=row))
    facts = {"contribution": row.reference, "giver": row.pledge.giver_name}
    record_entry(case=row.award.case, actor=actor, at=at, verb="ask_confirmation", facts=facts)
    settle_key(claim, str(link.pk))
    return link


@transaction.atomic
def ask_pledge(*, actor: Actor, at: datetime, pledge: Pledge, key: str) -> AwardGiverLink:
    """Ask a giver to sign a promise made after the award, or remind it.

    Raises:
        Refused: ``illegal_transition``, ``reminded_lately``.
    """
    body = pledge.reference
    claim = claim_key(actor=actor, at=at, key=key, verb="ask_pledge", body=body)
    if claim.result_reference:
        return AwardGiverLink.objects.get(pk=int(claim.result_reference))
    award = lock_award(pledge.award_id)
    row = Pledge.objects.select_for_update().get(pk=pledge.pk)
    row.award = award
    if row.state == MatchState.ASKED:
        _check_patience(row.links.order_by("-sent_at").first(), at)
    else:
        row.state = MATCH.move(MatchState(row.state), AGAIN.get(MatchState(row.state), "ask"))
        row.save(update_fields=["state"])
    close_links_of_pledge(row, at)
    link = _issue(actor, at, AwardGiverLink(pledge=row))
    facts = {"pledge": row.reference, "giver": row.giver_name}
    record_entry(case=award.case, actor=actor, at=at, verb="ask_pledge", facts=facts)
    settle_key(claim, str(link.pk))
    return link


def _check_patience(last: AwardGiverLink | None, at: datetime) -> None:
    if last is not None and last.used_at is None and at - last.sent_at < REMIND_AFTER:
        raise refuse(
            "reminded_lately",
            "We wrote to this giver less than a day ago. You can remind them again tomorrow.",
        )


def _issue(actor: Actor, at: datetime, link: AwardGiverLink) -> AwardGiverLink:
    nonce = fresh_nonce()
    link.nonce, link.token_digest = nonce, digest_of(token_of(nonce))
    link.sent_at, link.expires_at = at, at + AWARD_LINK_LIFE
    link.save()
    award, pledge = award_of(link), pledge_of(link)
    send_letter(
        case=award.case,
        at=at,
        template="grants/mail/gift_request",
        to=Recipient(pledge.contact_email, pledge.contact_name),
        context={
            "claim": claim_of_link(link),
            "sender": actor.name,
            "expires_at": link.expires_at,
            "address": award_giving_address(link),
        },
        key=f"award-giver:{link.pk}",
    )
    return link
