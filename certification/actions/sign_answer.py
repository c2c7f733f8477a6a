"""Sign, or decline, through a personal link and a code."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from certification.actions.issue_link import schedule_expiry
from certification.actions.lock_addressee import lock_addressee, lock_invitation
from certification.actions.lock_group import lock_group
from certification.actions.prove_link import try_code
from certification.models import ClusterGroup, Invitation, Participant, Signature
from certification.queries.addressees import Addressee, addressee_of, claim_of, kind_of
from certification.queries.open_links import UNKNOWN, find_link, link_refusal
from kit.refusals import Refusal, Refused
from records.actions.send_letter import Recipient, send_letter
from records.models import Letter
from trail.actions.claim_key import claim_key, settle_key
from trail.actions.record_entry import record_entry
from trail.actors import Actor
from trail.models import IdempotencyKey


@dataclass(frozen=True, slots=True)
class SignedAnswer:
    """What somebody typed and chose on the signing page."""

    code: str
    name: str
    title: str
    is_agreed: bool
    is_public_consented: bool = False
    address_digest: str = ""


def sign_answer(*, at: datetime, token: str, answer: SignedAnswer, key: str) -> Signature:
    """Check the code, then keep the signature, move the state, mail a copy.

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


@transaction.atomic
def _done_before(at: datetime, token: str, answer: SignedAnswer, key: str) -> Signature | None:
    """Return the signature of the same form sent before: a double click signs once."""
    found = find_link(token)
    if found is None or found.used_at is None:
        return None
    claim = _claim(at, found, answer, key)
    if not claim.result_reference:
        raise Refused(link_refusal(found, at) or UNKNOWN)
    return Signature.objects.get(pk=int(claim.result_reference))


@transaction.atomic
def _check_code(at: datetime, token: str, code: str) -> Refusal | None:
    found = find_link(token)
    refusal = link_refusal(found, at)
    if found is None or refusal is not None:
        return refusal
    return try_code(lock_invitation(found.pk), at, code)


@transaction.atomic
def _sign(at: datetime, token: str, answer: SignedAnswer, key: str) -> Signature:
    found = find_link(token)
    if found is None:
        raise Refused(UNKNOWN)
    group = lock_group(addressee_of(found).group_id)
    row = lock_invitation(found.pk)
    claim = _claim(at, row, answer, key)
    if claim.result_reference:
        return Signature.objects.get(pk=int(claim.result_reference))
    refusal = link_refusal(row, at)
    if refusal is not None:
        raise Refused(refusal)
    addressee = lock_addressee(addressee_of(row))
    _answer(addressee, answer, at)
    row.used_at = at
    row.save(update_fields=["used_at"])
    signature = _keep(group, row, addressee, answer, at)
    schedule_expiry(group)
    settle_key(claim, str(signature.pk))
    return signature


def _claim(at: datetime, row: Invitation, answer: SignedAnswer, key: str) -> IdempotencyKey:
    actor = Actor("participant", f"invitation-{row.pk}", answer.name)
    return claim_key(actor=actor, at=at, key=key, verb="sign_answer", body=repr(answer))


def _answer(addressee: Addressee, answer: SignedAnswer, at: datetime) -> None:
    kind = kind_of(addressee)
    verb = kind.yes if answer.is_agreed else kind.no
    addressee.state = kind.machine.move(kind.states(addressee.state), verb)
    addressee.answered_at = at
    if isinstance(addressee, Participant):
        addressee.is_public_consented = answer.is_agreed and answer.is_public_consented
    addressee.save()


def _keep(
    group: ClusterGroup, row: Invitation, addressee: Addressee, answer: SignedAnswer, at: datetime
) -> Signature:
    kind, claim = kind_of(addressee), claim_of(addressee, group)
    statement = kind.agreement(claim) if answer.is_agreed else kind.refusal(claim)
    answers = Signature.Answer
    signature = Signature(
        invitation=row,
        answer=answers.CONFIRMED if answer.is_agreed else answers.DECLINED,
        signed_name=answer.name,
        title=answer.title,
        email=row.code_email,
        statement=statement,
        is_public_consented=answer.is_agreed and answer.is_public_consented,
        at=at,
        ip_digest=answer.address_digest,
    )
    signature.copy = _send_copy(group, signature)
    signature.save()
    actor = Actor("participant", f"invitation-{row.pk}", f"{answer.name}, {addressee}")
    verb = f"{kind.yes if answer.is_agreed else kind.no}_{kind.name}"
    facts = {kind.name: addressee.pk, "name": str(addressee), "statement": statement}
    personal = {"name": answer.name, "title": answer.title, "email": row.code_email}
    record_entry(case=group.case, actor=actor, at=at, verb=verb, facts=facts, personal=personal)
    return signature


def _send_copy(group: ClusterGroup, signature: Signature) -> Letter:
    return send_letter(
        case=group.case,
        at=signature.at,
        template="certification/mail/signed_copy",
        to=Recipient(signature.email, signature.signed_name),
        context={"signature": signature, "group": group},
        key=f"signed:{signature.invitation_id}",
    )
