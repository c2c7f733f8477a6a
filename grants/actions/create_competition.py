"""A programme officer begins a competition from the standard notice."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db import IntegrityError, transaction

from accounts.models import Agency
from grants.actions.write_notice import NUMBER_TAKEN, write_part
from grants.models import Competition
from grants.rules.notice import Part
from grants.rules.standard_notice import standard_notice
from kit.refusals import refuse
from trail.actions.claim_key import claim_key, settle_key
from trail.actions.open_case import open_case
from trail.actions.record_entry import record_entry
from trail.actors import Actor

CASE_KIND = "competition"


@dataclass(frozen=True, slots=True)
class NewCompetition:
    """How a competition is called."""

    opportunity_number: str
    title: str


@transaction.atomic
def create_competition(
    *, actor: Actor, at: datetime, agency: Agency, new: NewCompetition, key: str
) -> Competition:
    """Make the draft with the standard form, rubric and rules, to be edited part by part.

    Side effects: the case, the competition with its parts, one entry.

    Raises:
        Refused: ``number_taken``, ``key_reused``.
    """
    claim = claim_key(actor=actor, at=at, key=key, verb="create_competition", body=repr(new))
    if claim.result_reference:
        return Competition.objects.get(case__reference=claim.result_reference)
    case = open_case(actor=actor, at=at, kind=CASE_KIND, prefix="CO")
    notice = standard_notice(
        opportunity_number=new.opportunity_number, title=new.title, time_zone=agency.time_zone
    )
    row = _insert(Competition(case=case, agency=agency), actor, at, new)
    for part in Part:
        write_part(row, notice.part(part))
    facts = {"number": new.opportunity_number, "title": new.title}
    record_entry(case=case, actor=actor, at=at, verb="create_competition", facts=facts)
    settle_key(claim, case.reference)
    return row


def _insert(row: Competition, actor: Actor, at: datetime, new: NewCompetition) -> Competition:
    row.opportunity_number, row.title = new.opportunity_number, new.title
    row.time_zone = row.agency.time_zone
    row.created_by, row.created_at = str(actor), at
    row.saved_by, row.saved_at = actor.name, at
    try:
        with transaction.atomic():
            row.save()
    except IntegrityError as error:
        if NUMBER_TAKEN not in str(error):
            raise
        raise refuse(
            "number_taken", "Your agency already has a competition of this number."
        ) from error
    return row
