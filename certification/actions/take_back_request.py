"""Take back an invitation or a request that nobody has answered."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from certification.actions.issue_link import close_links
from certification.actions.lock_addressee import lock_addressee
from certification.actions.lock_group import lock_group
from certification.queries.addressees import Addressee, kind_of
from records.actions.send_letter import Recipient, send_letter
from trail.actions.claim_key import claim_key, settle_key
from trail.actions.record_entry import record_entry
from trail.actors import Actor


@transaction.atomic
def take_back_request(*, actor: Actor, at: datetime, addressee: Addressee, key: str) -> Addressee:
    """Close the link, tell the addressee that nothing is asked of them any more.

    Raises:
        Refused: ``illegal_transition`` when it was answered or taken back before.
    """
    kind = kind_of(addressee)
    verb = f"take_back_{kind.name}"
    claim = claim_key(actor=actor, at=at, key=key, verb=verb, body=str(addressee.pk))
    group = lock_group(addressee.group_id)
    row = lock_addressee(addressee)
    if claim.result_reference:
        return row
    row.state = kind.machine.move(kind.states(row.state), "withdraw")
    row.save(update_fields=["state"])
    close_links(row, at)
    send_letter(
        case=group.case,
        at=at,
        template="certification/mail/request_taken_back",
        to=Recipient(row.contact_email, row.contact_name),
        context={"group": group, "name": str(row)},
        key=f"taken-back:{kind.name}:{row.pk}",
    )
    facts = {kind.name: row.pk, "name": str(row)}
    record_entry(case=group.case, actor=actor, at=at, verb=verb, facts=facts)
    settle_key(claim, str(row.pk))
    return row
