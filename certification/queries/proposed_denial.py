"""The tests on which a proposed denial rests, with figure and remedy."""

from __future__ import annotations

from certification.models import DenialProposal
from certification.queries.assessments import test_findings
from certification.rules.debrief import TestFinding


def unmet_tests(proposal: DenialProposal) -> list[TestFinding]:
    """Return the named tests as the applicant reads them."""
    found = test_findings(proposal.determination)
    return [one for one in found if one.id in proposal.tests]
