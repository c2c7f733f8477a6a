"""Judge a group by today's data, roster and rulebook, and keep the whole of it for good."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

from django.db import transaction
from django.db.models import Max

from certification.models import ClusterGroup, Determination, Rulebook
from certification.queries.case_facts import case_facts
from certification.queries.rulebooks import rulebook_row
from certification.rules.canonical import encode
from certification.rules.determination import derive
from mapping.models import Basis
from trail.actions.record_entry import record_entry
from trail.actors import Actor
from trail.models import Case


@transaction.atomic
def pin_determination(
    *,
    actor: Actor,
    at: datetime,
    case: Case,
    group: ClusterGroup,
    basis: Basis,
    rulebook: Rulebook | None = None,
) -> Determination:
    """Derive and store the determination of a case; return it.

    Called by the verbs that judge a case; it has no door of its own.

    Args:
        actor: Who judges.
        at: When.
        case: The case that is judged.
        group: Its group, with the roster of today.
        basis: The data to judge by.
        rulebook: The rulebook that the case was accepted under; without one, the rulebook in
            force on that day in the agency's zone.

    Side effects: locks the case; one entry on its trail.
    """
    locked = Case.objects.select_for_update().get(pk=case.pk)
    if rulebook is None:
        rulebook = rulebook_row(at.astimezone(ZoneInfo(group.agency.time_zone)).date())
    content = derive(case_facts(group, basis), rulebook.rules())
    last = Determination.objects.filter(case=locked).aggregate(last=Max("number"))["last"] or 0
    determination = Determination.objects.create(
        case=locked,
        group=group,
        number=last + 1,
        basis=basis,
        rulebook=rulebook,
        engine=content.engine,
        snapshot=encode(content),
        digest=content.digest,
        derived_at=at,
        derived_by=str(actor),
    )
    facts = {
        "number": determination.number,
        "digest": determination.digest,
        "basis": basis.reference,
        "rulebook": f"{rulebook.code} {rulebook.version}",
        "engine": determination.engine,
    }
    record_entry(case=locked, actor=actor, at=at, verb="pin_determination", facts=facts)
    return determination
