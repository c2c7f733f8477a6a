"""Send the six digits that prove whose hands a link is in."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from certification.actions.lock_addressee import lock_invitation
from certification.actions.lock_group import lock_group
from certification.actions.prove_link import renew_code, sending_refusal
from certification.models import Invitation
from certification.queries.addressees import addressee_of
from certification.queries.open_links import find_link, link_refusal
from certification.rules.groups import CODE_LIFE
from kit.refusals import Refused
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
    refusal = link_refusal(row, at) or sending_refusal(row, at, to, addressee.contact_email)
    if refusal is not None:
        raise Refused(refusal)
    renew_code(row, at, to)
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
