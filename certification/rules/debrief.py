"""What every applicant is told on the day of the decision: strengths, gaps, how to come back."""

from collections.abc import Mapping
from dataclasses import dataclass

from certification.rules.decision import Assessment
from certification.rules.results import OUTCOME_WORDS, Outcome, TestResult


@dataclass(frozen=True)
class TestFinding:
    """What was found for one test, as it is kept with the decision."""

    __test__ = False  # pytest: a finding, not a test case

    id: str
    criterion: str
    title: str
    is_met: bool
    words: str
    sentence: str
    gap: str
    citation: str
    evidence: str = ""


@dataclass(frozen=True)
class Debrief:
    """Strengths first, then each gap with its remedy."""

    strengths: tuple[TestFinding, ...]
    gaps: tuple[TestFinding, ...]


COME_BACK = (
    "You may apply again at any time, with the same group or a changed one. "
    "There is no waiting period and no fee."
)


def findings(assessment: Assessment, evidence: Mapping[str, str]) -> tuple[TestFinding, ...]:
    """One finding per test, in the order of the rulebook.

    ``evidence`` holds what a checked finding wrote about a test that the data left open.
    """
    met = {one.id for one in assessment.met}
    return tuple(
        _finding(one, evidence.get(one.id, ""), is_met=one.id in met) for one in assessment.results
    )


def debrief(given: tuple[TestFinding, ...]) -> Debrief:
    """Sort findings into strengths and gaps."""
    return Debrief(
        strengths=tuple(one for one in given if one.is_met),
        gaps=tuple(one for one in given if not one.is_met),
    )


def _finding(result: TestResult, evidence: str, *, is_met: bool) -> TestFinding:
    return TestFinding(
        id=result.id,
        criterion=str(result.criterion),
        title=result.title,
        is_met=is_met,
        words=_words(result, evidence, is_met=is_met),
        sentence=result.sentence,
        gap="" if is_met else result.gap,
        citation=result.citation,
        evidence=evidence,
    )


def _words(result: TestResult, evidence: str, *, is_met: bool) -> str:
    if result.outcome is Outcome.UNKNOWN and evidence:
        return "Met, by further evidence" if is_met else "Not met, by further evidence"
    return OUTCOME_WORDS[result.outcome]
