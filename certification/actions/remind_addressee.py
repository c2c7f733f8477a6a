"""Send a new link to somebody who has not answered."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from certification.actions.issue_link import issue_link, schedule_expiry
from certification.actions.lock_addressee import lock_addressee
from certification.actions.lock_group import lock_group
from certification.models import Invitation
from certification.queries.addressees import Addressee, kind_of
from certification.rules.groups import REMIND_AFTER
from kit.refusals import refuse
from trail.actions.claim_key import claim_key, settle_key
from trail.actions.record_entry import record_entry
from trail.actors import Actor


@transaction.atomic
def remind_addressee(*, actor: Actor, at: datetime, addressee: Addressee, key: str) -> Invitation:
    """Close the earlier link and write again; who ran out of time is asked anew.

    Raises:
        Refused: ``reminded_lately`` within a day of the last letter; ``illegal_transition`` when
            the addressee has answered or was taken back.
    """
    kind = kind_of(addressee)
    verb = f"remind_{kind.name}"
    claim = claim_key(actor=actor, at=at, key=key, verb=verb, body=str(addressee.pk))
    if claim.result_reference:
        return Invitation.objects.get(pk=int(claim.result_reference))
    group = lock_group(addressee.group_id)
    row = lock_addressee(addressee)
    state = kind.states(row.state)
    if state != kind.machine.initial:
        row.state = kind.machine.move(state, kind.again)
        row.save(update_fields=["state"])
    last = row.invitations.order_by("-sent_at").first()
    if last is not None and at - last.sent_at < REMIND_AFTER:
        raise refuse(
            "reminded_lately",
            f"We wrote to {row} less than a day ago. You can remind them again tomorrow.",
        )
    invitation = issue_link(actor=actor, at=at, group=group, addressee=row)
    schedule_expiry(group)
    facts = {kind.name: row.pk, "name": str(row)}
    record_entry(case=group.case, actor=actor, at=at, verb=verb, facts=facts)
    settle_key(claim, str(invitation.pk))
    return invitation
