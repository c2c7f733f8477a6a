"""Ask a government to sign that it will answer the group."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from accounts.rules.names import name_key
from certification.actions.issue_link import issue_link, schedule_expiry
from certification.actions.lock_group import lock_group
from certification.models import ClusterGroup, GovernmentCommitment
from certification.models.partners import OPEN_STATES
from certification.rules.roster_entry import GovernmentBody
from kit.refusals import refuse
from trail.actions.claim_key import claim_key, settle_key
from trail.actions.record_entry import record_entry
from trail.actors import Actor


@transaction.atomic
def ask_government(
    *, actor: Actor, at: datetime, group: ClusterGroup, body: GovernmentBody, key: str
) -> GovernmentCommitment:
    """Add the public body and write to its contact.

    Raises:
        Refused: ``already_asked`` when the body has an open or signed request.
    """
    claim = claim_key(
        actor=actor, at=at, key=key, verb="ask_government", body=f"{group.pk}:{body!r}"
    )
    if claim.result_reference:
        return GovernmentCommitment.objects.get(pk=int(claim.result_reference))
    locked = lock_group(group.pk)
    own_key = name_key(body.body_name)
    known = locked.commitments.filter(state__in=OPEN_STATES, name_key=own_key)
    if known.filter(state_fips=body.state_fips, level=body.level).exists():
        raise refuse("already_asked", f"{body.body_name} was already asked.")
    commitment = GovernmentCommitment.objects.create(
        group=locked,
        level=body.level,
        body_name=body.body_name,
        name_key=own_key,
        state_fips=body.state_fips,
        county_fips=body.county_fips,
        contact_name=body.contact.name,
        contact_email=body.contact.email,
        added_at=at,
    )
    issue_link(actor=actor, at=at, group=locked, addressee=commitment)
    schedule_expiry(locked)
    facts = {"commitment": commitment.pk, "name": str(commitment), "level": body.level}
    record_entry(case=locked.case, actor=actor, at=at, verb="ask_government", facts=facts)
    settle_key(claim, str(commitment.pk))
    return commitment
