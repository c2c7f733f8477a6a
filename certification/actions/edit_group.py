"""Change a group's name, purpose, cluster or region."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from certification.actions.lock_group import lock_group
from certification.actions.start_group import draft_facts, write_draft
from certification.models import ClusterGroup
from certification.queries.live_applications import region_is_fixed
from certification.rules.region_choice import GroupDraft
from kit.refusals import Refused, refuse
from trail.actions.claim_key import claim_key, settle_key
from trail.actions.record_entry import record_entry
from trail.actors import Actor


@transaction.atomic
def edit_group(
    *, actor: Actor, at: datetime, group: ClusterGroup, draft: GroupDraft, key: str
) -> ClusterGroup:
    """Write the changes; cluster and region stand still while an application is live.

    Raises:
        Refused: ``empty_region``; ``application_is_live`` when cluster or region would change.
    """
    body = f"{group.pk}:{draft!r}"
    claim = claim_key(actor=actor, at=at, key=key, verb="edit_group", body=body)
    if claim.result_reference:
        return ClusterGroup.objects.get(pk=group.pk)
    locked = lock_group(group.pk)
    if not draft.region.fips:
        raise refuse("empty_region", "Choose a region that holds at least one county.")
    fixed = region_is_fixed(locked)
    if fixed is not None and _moves(locked, draft):
        raise Refused(fixed)
    write_draft(locked, draft)
    facts = draft_facts(draft)
    record_entry(case=locked.case, actor=actor, at=at, verb="edit_group", facts=facts)
    settle_key(claim, locked.reference)
    return locked


def _moves(group: ClusterGroup, draft: GroupDraft) -> bool:
    here = (group.definition_set_code, group.cluster_code, group.region_key, group.agency_id)
    cluster = draft.cluster
    there = (cluster.definition_set_code, cluster.code, draft.region.key, draft.agency_id)
    return here != there
