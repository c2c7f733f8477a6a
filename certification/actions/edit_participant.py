"""Correct what the group said about somebody who has not answered yet."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from accounts.rules.names import name_key
from certification.actions.invite_participants import participant_values
from certification.actions.issue_link import issue_link, schedule_expiry
from certification.actions.lock_group import lock_group
from certification.models import Participant
from certification.models.roster import LISTED_STATES
from certification.rules.roster_entry import RosterEntry
from certification.rules.states import ParticipantState
from kit.refusals import refuse
from trail.actions.claim_key import claim_key, settle_key
from trail.actions.record_entry import record_entry
from trail.actors import Actor

UNANSWERED = frozenset({ParticipantState.INVITED, ParticipantState.EXPIRED})


@transaction.atomic
def edit_participant(
    *, actor: Actor, at: datetime, participant: Participant, entry: RosterEntry, key: str
) -> Participant:
    """Write the correction; another address gets a link of its own and the old one closes.

    Raises:
        Refused: ``already_answered``: what somebody signed is not changed behind their back;
            ``already_listed`` when the new name is on the roster.
    """
    body = f"{participant.pk}:{entry!r}"
    claim = claim_key(actor=actor, at=at, key=key, verb="edit_participant", body=body)
    if claim.result_reference:
        return Participant.objects.get(pk=participant.pk)
    group = lock_group(participant.group_id)
    row = Participant.objects.select_for_update().get(pk=participant.pk)
    if row.state not in UNANSWERED:
        raise refuse("already_answered", f"{row} has answered; what was signed stays as it is.")
    others = group.participants.filter(state__in=LISTED_STATES).exclude(pk=row.pk)
    if others.filter(name_key=name_key(entry.organization_name)).exists():
        raise refuse("already_listed", f"{entry.organization_name} is already on the roster.")
    is_moved = row.contact_email.casefold() != entry.contact.email.casefold()
    for column, value in participant_values(entry).items():
        setattr(row, column, value)
    row.save()
    if is_moved and row.state == ParticipantState.INVITED:
        issue_link(actor=actor, at=at, group=group, addressee=row)
        schedule_expiry(group)
    facts = {"participant": row.pk, "name": str(row), "is_new_address": is_moved}
    record_entry(case=group.case, actor=actor, at=at, verb="edit_participant", facts=facts)
    settle_key(claim, str(row.pk))
    return row
