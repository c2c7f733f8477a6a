"""A designation ends with its term."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from certification.actions.write_to_group import write_to_group
from certification.models import Designation
from certification.rules.letters import term_ended
from certification.rules.states import DESIGNATION, DesignationState
from trail.actions.record_entry import record_entry
from trail.actors import SYSTEM
from trail.models import Case


@transaction.atomic
def end_designation(case: Case, at: datetime) -> None:
    """End it. Called by the sweep of deadlines; the register already tells the end by the term.

    Side effects: state, trail, a letter to the group.
    """
    rows = Designation.objects.select_for_update(of=("self",))
    rows = rows.select_related("case", "application__agency", "application__group")
    designation = rows.get(case=case)
    if designation.state == DesignationState.ENDED:
        return
    designation.state = DESIGNATION.move(DesignationState(designation.state), "lapse")
    designation.ended_at = at
    designation.save(update_fields=["state", "ended_at"])
    entry = record_entry(case=case, actor=SYSTEM, at=at, verb="lapse")
    write_to_group(
        at=at,
        application=designation.application,
        letter=term_ended(),
        key=f"{case.reference}:{entry.sequence}",
        case=case,
    )
