"""The tests of a case together with what evidence has settled."""

from __future__ import annotations

from certification.models import Application, Determination
from certification.queries.determinations import latest_determination, settled
from certification.rules.debrief import TestFinding, findings
from certification.rules.decision import Assessment
from kit.refusals import refuse


def determination_of(application: Application) -> Determination:
    """The determination that counts.

    Raises:
        Refused: ``not_determined`` before the application was accepted.
    """
    found = latest_determination(application.case)
    if found is None:
        raise refuse(
            "not_determined",
            "The application has not been judged yet. Accept it for criteria review first.",
        )
    return found


def assessment_of(determination: Determination) -> Assessment:
    """Results and what checked findings answered."""
    return Assessment(determination.content().results, settled(determination))


def evidence_of(determination: Determination) -> dict[str, str]:
    """What checked findings wrote, by test; confidential sources are not named."""
    rows = determination.findings.filter(is_agreed=True)
    return {row.test_id: row.public_words for row in rows}


def test_findings(determination: Determination) -> tuple[TestFinding, ...]:
    """One finding per test, as a decision keeps it."""
    return findings(assessment_of(determination), evidence_of(determination))
