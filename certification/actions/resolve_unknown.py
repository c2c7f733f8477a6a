"""A second officer agrees with a finding, or sends it back."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from accounts.rules.roles import checker_is_not_maker
from certification.models import Finding
from kit.refusals import Refused, refuse
from trail.actions.record_entry import record_entry
from trail.actors import Actor
from trail.models import Case


@transaction.atomic
def resolve_unknown(
    *, actor: Actor, at: datetime, finding: Finding, is_agreed: bool, note: str
) -> Finding:
    """Check a finding; agreed, it answers its test for good.

    Raises:
        Refused: ``maker_is_checker`` by its writer; ``finding_checked`` when it was checked;
            ``note_missing`` when it is sent back without a reason.
    """
    case = Case.objects.select_for_update().get(pk=finding.determination.case_id)
    row = Finding.objects.select_for_update().get(pk=finding.pk)
    refusal = checker_is_not_maker(maker=row.written_by, checker=str(actor))
    if refusal is not None:
        raise Refused(refusal)
    if row.is_agreed is not None:
        raise refuse("finding_checked", "This finding was already checked.")
    if not is_agreed and not note.strip():
        raise refuse("note_missing", "Say why you do not agree, so that it can be written anew.")
    row.is_agreed = is_agreed
    row.checked_by, row.checked_at, row.check_note = str(actor), at, note.strip()
    row.save(update_fields=["is_agreed", "checked_by", "checked_at", "check_note"])
    verb = "resolve_unknown" if is_agreed else "return_finding"
    facts = {"test": row.test_id, "is_met": row.is_met}
    record_entry(case=case, actor=actor, at=at, verb=verb, facts=facts)
    return row
