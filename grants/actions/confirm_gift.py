"""A giver without an account confirms what it gave, or signs a further promise, or says no."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from certification.actions.prove_link import renew_code, sending_refusal, try_code
from certification.actions.sign_answer import SignedAnswer
from certification.queries.open_links import UNKNOWN
from certification.rules.groups import CODE_LIFE
from grants.actions.move_contribution import (
    Asked,
    Note,
    Step,
    begin_act,
    finish_act,
    forward_entries,
    lock_award,
)
from grants.actions.post_entry import Posting, post_entry, take_back
from grants.models import AwardGiverLink, AwardGiverSignature, Contribution, Pledge
from grants.queries.award_links import (
    award_link_refusal,
    award_of,
    claim_of_link,
    find_award_link,
    pledge_of,
)
from grants.rules.budget import dollars
from grants.rules.match import letters
from grants.rules.match.accounts import MatchStep
from grants.rules.match.giver_words import no_words, yes_words
from grants.rules.match.states import NoteKind
from grants.rules.panel_states import MATCH, MatchState
from kit.refusals import Refusal, Refused
from records.actions.send_letter import Recipient, send_letter
from records.sealed_words import SealedWord
from trail.actions.claim_key import claim_key, settle_key
from trail.actions.record_entry import record_entry
from trail.actors import Actor
from trail.models import IdempotencyKey


@transaction.atomic
def send_award_code(*, at: datetime, token: str, address: str = "") -> AwardGiverLink:
    """Mail a code to the giver's address, or to a colleague's in the same organization.

    Raises:
        Refused: ``link_...`` when the link opens nothing; ``code_wait``, ``code_too_many``,
            ``code_address``.
    """
    row = _locked(token)
    invited = pledge_of(row).contact_email
    to = address or invited
    refusal = award_link_refusal(row, at) or sending_refusal(row, at, to, invited)
    if refusal is not None:
        raise Refused(refusal)
    renew_code(row, at, to)
    send_letter(
        case=award_of(row).case,
        at=at,
        template="certification/mail/signing_code",
        to=Recipient(to),
        context={
            "code": SealedWord("award_giver_code", str(row.pk)),
            "minutes": int(CODE_LIFE.total_seconds() // 60),
        },
        key=f"award-giver-code:{row.pk}:{row.codes_sent}",
    )
    record_entry(
        case=award_of(row).case,
        actor=_giver(row, pledge_of(row).giver_name),
        at=at,
        verb="send_giver_code",
        facts={"link": row.pk, "is_forwarded": to.casefold() != invited.casefold()},
        personal={"email": to},
    )
    return row


def confirm_gift(
    *, at: datetime, token: str, answer: SignedAnswer, key: str
) -> AwardGiverSignature:
    """Check the code, then keep the signature, move what was asked, mail a copy.

    A wrong code is counted in a transaction of its own, so that refusing does not undo it.

    Raises:
        Refused: ``link_...`` when the link opens nothing; ``code_missing``, ``code_old``,
            ``code_attempts``, ``code_wrong``.
    """
    done = _done_before(at, token, answer, key)
    if done is not None:
        return done
    refusal = _check_code(at, token, answer.code)
    if refusal is not None:
        raise Refused(refusal)
    return _sign(at, token, answer, key)


def _locked(token: str) -> AwardGiverLink:
    """The award first, then what is asked, then the link: the order of every act."""
    found = find_award_link(token)
    if found is None:
        raise Refused(UNKNOWN)
    award = lock_award(award_of(found).pk)
    row = AwardGiverLink.objects.select_for_update().get(pk=found.pk)
    if found.contribution is not None:
        rows = Contribution.objects.select_for_update(of=("self",)).select_related("pledge")
        row.contribution = rows.get(pk=found.contribution.pk)
        row.contribution.award = row.contribution.pledge.award = award
    else:
        row.pledge = Pledge.objects.select_for_update().get(pk=pledge_of(found).pk)
        row.pledge.award = award
    return row


@transaction.atomic
def _done_before(
    at: datetime, token: str, answer: SignedAnswer, key: str
) -> AwardGiverSignature | None:
    """The signature of the same form sent before: a double click signs once."""
    found = find_award_link(token)
    if found is None or found.used_at is None:
        return None
    claim = _claim(at, found, answer, key)
    if not claim.result_reference:
        raise Refused(award_link_refusal(found, at) or UNKNOWN)
    return AwardGiverSignature.objects.get(pk=int(claim.result_reference))


@transaction.atomic
def _check_code(at: datetime, token: str, code: str) -> Refusal | None:
    row = _locked(token)
    return award_link_refusal(row, at) or try_code(row, at, code)


@transaction.atomic
def _sign(at: datetime, token: str, answer: SignedAnswer, key: str) -> AwardGiverSignature:
    row = _locked(token)
    claim = _claim(at, row, answer, key)
    if claim.result_reference:
        return AwardGiverSignature.objects.get(pk=int(claim.result_reference))
    refusal = award_link_refusal(row, at)
    if refusal is not None:
        raise Refused(refusal)
    row.used_at = at
    row.save(update_fields=["used_at"])
    signature = _keep(row, answer, at)
    actor = _giver(row, f"{answer.name}, {pledge_of(row).giver_name}")
    if row.contribution is not None:
        _answer_gift(actor, at, row.contribution, signature)
    else:
        _answer_pledge(actor, at, pledge_of(row), signature)
    settle_key(claim, str(signature.pk))
    return signature


def _answer_gift(
    actor: Actor, at: datetime, gift: Contribution, signature: AwardGiverSignature
) -> None:
    asked = Asked("confirm" if signature.is_agreed else "deny")
    act = begin_act(actor=actor, at=at, contribution=gift, asked=asked)
    row, giver = act.contribution, act.contribution.pledge.giver_name
    if signature.is_agreed:
        finish_act(act, Step(letter=letters.confirmed(giver, dollars(row.amount))))
        return
    rows = forward_entries(row, MatchStep.CONTRIBUTE)
    take_back(actor=actor, at=at, rows=rows, amount=row.amount, reason="Denied by the giver")
    note = Note(NoteKind.DENIAL, signature.statement)
    finish_act(act, Step(note=note, letter=letters.denied(giver, dollars(row.amount))))


def _answer_pledge(
    actor: Actor, at: datetime, pledge: Pledge, signature: AwardGiverSignature
) -> None:
    verb = "sign" if signature.is_agreed else "decline"
    pledge.state = MATCH.move(MatchState(pledge.state), verb)
    pledge.save(update_fields=["state"])
    if signature.is_agreed:
        entry = Posting(pledge, MatchStep.PLEDGE, pledge.amount, "Promise signed by the giver")
        post_entry(actor=actor, at=at, entry=entry)
    facts = {"pledge": pledge.reference, "giver": pledge.giver_name}
    record_entry(case=pledge.award.case, actor=actor, at=at, verb=f"{verb}_pledge", facts=facts)


def _keep(row: AwardGiverLink, answer: SignedAnswer, at: datetime) -> AwardGiverSignature:
    claim = claim_of_link(row)
    signature = AwardGiverSignature(
        link=row,
        is_agreed=answer.is_agreed,
        signed_name=answer.name,
        title=answer.title,
        email=row.code_email,
        statement=yes_words(claim) if answer.is_agreed else no_words(claim),
        at=at,
        ip_digest=answer.address_digest,
    )
    signature.copy = send_letter(
        case=award_of(row).case,
        at=at,
        template="grants/mail/gift_copy",
        to=Recipient(signature.email, signature.signed_name),
        context={"signature": signature, "agency": award_of(row).agency},
        key=f"award-giver-signed:{row.pk}",
    )
    signature.save()
    return signature


def _claim(at: datetime, row: AwardGiverLink, answer: SignedAnswer, key: str) -> IdempotencyKey:
    actor = _giver(row, answer.name)
    return claim_key(actor=actor, at=at, key=key, verb="confirm_gift", body=repr(answer))


def _giver(row: AwardGiverLink, name: str) -> Actor:
    return Actor("giver", f"award-link-{row.pk}", name)
