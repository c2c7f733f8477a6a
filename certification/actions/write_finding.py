"""Answer, from further evidence, a test that the published data could not answer."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from certification.models import Determination, Finding
from certification.queries.determinations import unanswered_points
from kit.refusals import refuse
from trail.actions.record_entry import record_entry
from trail.actors import Actor
from trail.models import Case


@dataclass(frozen=True, slots=True)
class FindingText:
    """What an officer found on one test."""

    test_id: str
    is_met: bool
    evidence: str
    reasoning: str


@transaction.atomic
def write_finding(
    *, actor: Actor, at: datetime, determination: Determination, text: FindingText
) -> Finding:
    """Write a finding for a second officer to check; it does not count yet.

    Raises:
        Refused: ``test_is_answered`` where the data or an agreed finding answer the test;
            ``finding_waits`` where one waits for its check already; ``finding_incomplete``.
    """
    case = Case.objects.select_for_update().get(pk=determination.case_id)
    if not text.evidence.strip() or not text.reasoning.strip():
        raise refuse("finding_incomplete", "Name the evidence and say why it answers the point.")
    if text.test_id not in {test.id for test in unanswered_points(determination)}:
        raise refuse(
            "test_is_answered",
            "The data already answer this point, so no finding may stand in for them.",
        )
    if determination.findings.filter(test_id=text.test_id, is_agreed=None).exists():
        raise refuse("finding_waits", "A finding on this point already waits for a second officer.")
    finding = Finding.objects.create(
        determination=determination,
        test_id=text.test_id,
        is_met=text.is_met,
        evidence=text.evidence.strip(),
        reasoning=text.reasoning.strip(),
        written_by=str(actor),
        written_at=at,
    )
    facts = {"test": text.test_id, "is_met": text.is_met, "determination": determination.number}
    record_entry(case=case, actor=actor, at=at, verb="write_finding", facts=facts)
    return finding
