"""A group's administrator starts an application: an empty form for what the group names today."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from certification.models import Application, ApplicationSection, ClusterGroup
from certification.queries.applications import live_application_of
from certification.rules.application_form import SECTIONS
from kit.refusals import refuse
from trail.actions.claim_key import claim_key, settle_key
from trail.actions.open_case import open_case
from trail.actions.record_entry import record_entry
from trail.actors import Actor


@transaction.atomic
def start_application(*, actor: Actor, at: datetime, group: ClusterGroup, key: str) -> Application:
    """Create the application with its empty sections.

    Raises:
        Refused: ``application_under_way``: the group already has one for this cluster and region.
    """
    claim = claim_key(actor=actor, at=at, key=key, verb="start_application", body=str(group.pk))
    if claim.result_reference:
        return Application.objects.get(case__reference=claim.result_reference)
    # The group's row is the lock: two starts of one group follow one another.
    locked = ClusterGroup.objects.select_for_update(of=("self",)).get(pk=group.pk)
    live = live_application_of(locked)
    if live is not None:
        raise refuse(
            "application_under_way",
            f"Application {live.case.reference} of your group is already under way for this "
            "cluster and region. Go on with it, or withdraw it first.",
        )
    case = open_case(actor=actor, at=at, kind="application", prefix="DA")
    row = Application.objects.create(
        case=case,
        group=locked,
        agency_id=locked.agency_id,
        definition_set_code=locked.definition_set_code,
        cluster_code=locked.cluster_code,
        cluster_name=locked.cluster_name,
        region_name=locked.region_name,
        region_key=locked.region_key,
        started_by=str(actor),
        started_at=at,
    )
    ApplicationSection.objects.bulk_create(
        ApplicationSection(application=row, section_id=section.id) for section in SECTIONS
    )
    facts = {"cluster": row.cluster_name, "region": row.region_name}
    record_entry(case=case, actor=actor, at=at, verb="start_application", facts=facts)
    settle_key(claim, case.reference)
    return row
