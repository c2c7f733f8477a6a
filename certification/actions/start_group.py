"""Start a group: where and what."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from accounts.models import User
from certification.models import ClusterGroup, GroupCounty, GroupSeat
from certification.rules.groups import SeatRole
from certification.rules.region_choice import GroupDraft
from kit.refusals import refuse
from trail.actions.claim_key import claim_key, settle_key
from trail.actions.open_case import open_case
from trail.actions.record_entry import record_entry
from trail.actors import Actor

CASE_KIND = "group"


@transaction.atomic
def start_group(
    *, actor: Actor, at: datetime, founder: User, draft: GroupDraft, key: str
) -> ClusterGroup:
    """Make the group; the founder becomes its administrator.

    Raises:
        Refused: ``empty_region`` when the region holds no county.
    """
    claim = claim_key(actor=actor, at=at, key=key, verb="start_group", body=repr(draft))
    if claim.result_reference:
        return ClusterGroup.objects.get(case__reference=claim.result_reference)
    if not draft.region.fips:
        raise refuse("empty_region", "Choose a region that holds at least one county.")
    case = open_case(actor=actor, at=at, kind=CASE_KIND, prefix="CG")
    group = ClusterGroup(case=case, created_at=at)
    write_draft(group, draft)
    GroupSeat.objects.create(group=group, user=founder, role=SeatRole.ADMINISTRATOR, since=at)
    record_entry(case=case, actor=actor, at=at, verb="start_group", facts=draft_facts(draft))
    settle_key(claim, case.reference)
    return group


def write_draft(group: ClusterGroup, draft: GroupDraft) -> None:
    """Write what was chosen to the group and its county list."""
    group.name, group.purpose, group.agency_id = draft.name, draft.purpose, draft.agency_id
    group.definition_set_code = draft.cluster.definition_set_code
    group.cluster_code, group.cluster_name = draft.cluster.code, draft.cluster.name
    group.region_kind, group.region_code = draft.region.kind, draft.region.code
    group.region_name, group.region_key = draft.region.name, draft.region.key
    group.save()
    kept = set(group.counties.values_list("fips", flat=True))
    group.counties.exclude(fips__in=draft.region.fips).delete()
    GroupCounty.objects.bulk_create(
        GroupCounty(group=group, fips=fips) for fips in sorted(draft.region.fips - kept)
    )


def draft_facts(draft: GroupDraft) -> dict[str, object]:
    """What the trail keeps of a group's choice."""
    return {
        "name": draft.name,
        "definition_set": draft.cluster.definition_set_code,
        "cluster": draft.cluster.code,
        "region": draft.region.name,
        "region_kind": draft.region.kind.value,
        "counties": sorted(draft.region.fips),
    }
