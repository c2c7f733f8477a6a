"""Send the six digits that prove whose hands a link is in."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from certification.actions.lock_addressee import lock_invitation
from certification.actions.lock_group import lock_group
from certification.models import Invitation
from certification.queries.addressees import addressee_of
from certification.queries.open_links import find_link, link_refusal
from certification.queries.personal_links import code_digest, code_of
from certification.rules.addressees import may_receive_code
from certification.rules.groups import CODE_EVERY, CODE_LIFE, CODES_PER_INVITATION
from kit.refusals import Refusal, Refused
from records.actions.send_letter import Recipient, send_letter
from records.sealed_words import SealedWord
from trail.actions.record_entry import record_entry
from trail.actors import Actor


@transaction.atomic
def send_code(*, at: datetime, token: str, address: str = "") -> Invitation:
    """Mail a code to the invited address, or to a colleague's in the same organization.

    Raises:
        Refused: ``link_...`` when the link opens nothing; ``code_wait``, ``code_too_many``,
            ``code_address``.
    """
    found = find_link(token)
    refusal = link_refusal(found, at)
    if found is None or refusal is not None:
        raise Refused(refusal or link_refusal(None, at))  # type: ignore[arg-type]
    group = lock_group(addressee_of(found).group_id)
    row = lock_invitation(found.pk)
    addressee = addressee_of(row)
    to = address or addressee.contact_email
    refusal = link_refusal(row, at) or _code_refusal(row, at, to, addressee.contact_email)
    if refusal is not None:
        raise Refused(refusal)
    row.codes_sent += 1
    row.attempts = 0
    row.code_email, row.code_sent_at = to, at
    row.code_digest = code_digest(row, code_of(row))
    row.save()
    send_letter(
        case=group.case,
        at=at,
        template="certification/mail/signing_code",
        to=Recipient(to),
        context={
            "code": SealedWord("invitation_code", str(row.pk)),
            "minutes": int(CODE_LIFE.total_seconds() // 60),
        },
        key=f"code:{row.pk}:{row.codes_sent}",
    )
    actor = Actor("participant", f"invitation-{row.pk}", str(addressee))
    is_forwarded = to.casefold() != addressee.contact_email.casefold()
    facts = {"invitation": row.pk, "is_forwarded": is_forwarded}
    verb = "send_signing_code"
    record_entry(
        case=group.case, actor=actor, at=at, verb=verb, facts=facts, personal={"email": to}
    )
    return row


def _code_refusal(row: Invitation, at: datetime, to: str, invited: str) -> Refusal | None:
    if row.codes_sent >= CODES_PER_INVITATION:
        return Refusal(
            "code_too_many",
            "Too many codes were sent for this link. Ask whoever invited you to send a new link.",
        )
    if row.code_sent_at is not None and at - row.code_sent_at < CODE_EVERY:
        return Refusal(
            "code_wait", "We have just sent a code. Wait half a minute before asking for another."
        )
    if not may_receive_code(to, invited):
        return Refusal(
            "code_address",
            "We can send the code to the address that was invited, or to a colleague whose "
            "address ends the same way.",
        )
    return None
