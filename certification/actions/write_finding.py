"""Answer, from further evidence, a test that the published data could not answer."""

from __future__ import annotations

from dataclasses import dataclass, fields
from datetime import datetime
from decimal import Decimal
from fractions import Fraction

from django.db import transaction

from certification.actions.move_application import (
    Asked,
    Step,
    begin_act,
    check_staff,
    finish_act,
    require,
)
from certification.models import Application, Determination, Finding
from certification.queries.assessments import assessment_of, determination_of
from certification.queries.papers import citable_versions
from certification.rules.decision import settle_by_evidence
from certification.rules.reasons import EvidenceClass
from certification.rules.results import TestResult
from kit.refusals import Refusal, Refused, refuse
from records.models import DocumentVersion
from trail.actors import Actor


@dataclass(frozen=True, slots=True)
class Evidence:
    """What an officer found on one test: the source, what it shows, the figures it allows."""

    test_id: str
    evidence_class: EvidenceClass
    source: str
    shows: str
    low: Decimal
    high: Decimal
    reasoning: str
    is_confidential: bool = False
    document: DocumentVersion | None = None


@transaction.atomic
def write_finding(
    *, actor: Actor, at: datetime, application: Application, evidence: Evidence, key: str = ""
) -> Finding | None:
    """Write a finding for a second officer to check; it does not count yet.

    Whether the test is met follows from the figures, never from a choice.

    Raises:
        Refused: ``illegal_transition``, ``own_case``; ``already_answered`` where the data or an
            agreed finding answer the test; ``evidence_leaves_open``, ``bounds_cross``;
            ``finding_waits``; ``finding_incomplete``; ``document_not_citable``.
    """
    body = {field.name: str(getattr(evidence, field.name)) for field in fields(evidence)}
    asked = Asked("write_finding", key, body, within="resolve_unknown")
    act = begin_act(actor=actor, at=at, application=application, asked=asked)
    if act.is_repeat:
        return None
    check_staff(act)
    determination = determination_of(act.application)
    test = _open_test(determination, evidence.test_id)
    _require_citable(act.application, evidence.document)
    answer = settle_by_evidence(test, Fraction(evidence.low), Fraction(evidence.high))
    if isinstance(answer, Refusal):
        raise Refused(answer)
    finding = _write(determination, evidence, str(actor), at, is_met=answer)
    facts = {"test": test.title, "is_met": answer, "determination": determination.number}
    if evidence.document is not None:
        facts["document_sha256"] = evidence.document.sha256
    finish_act(act, Step(facts=facts))
    return finding


def _open_test(determination: Determination, test_id: str) -> TestResult:
    for test in assessment_of(determination).unanswered:
        if test.id == test_id:
            break
    else:
        raise refuse(
            "already_answered",
            "This point is answered already. Evidence may settle only what the data leave open.",
        )
    if determination.findings.filter(test_id=test_id, is_agreed=None).exists():
        raise refuse("finding_waits", "A finding on this point already waits for a second officer.")
    return test


def _require_citable(application: Application, document: DocumentVersion | None) -> None:
    if document is not None and document not in citable_versions(application):
        raise refuse(
            "document_not_citable",
            "A finding cites a document of this case that is checked. Choose it from the list.",
        )


def _write(
    determination: Determination, evidence: Evidence, writer: str, at: datetime, *, is_met: bool
) -> Finding:
    missing = "Name the source, say what it shows and why it answers the point."
    return Finding.objects.create(
        determination=determination,
        test_id=evidence.test_id,
        is_met=is_met,
        evidence_class=evidence.evidence_class,
        source=require(evidence.source, "finding_incomplete", missing),
        evidence=require(evidence.shows, "finding_incomplete", missing),
        low=evidence.low,
        high=evidence.high,
        is_confidential=evidence.is_confidential,
        document_version=evidence.document,
        reasoning=require(evidence.reasoning, "finding_incomplete", missing),
        written_by=writer,
        written_at=at,
    )
