"""From a figure and its line to a finished test result with sentence and next step."""

from dataclasses import dataclass
from fractions import Fraction

from certification.rules.results import (
    Direction,
    Outcome,
    TestResult,
    Threshold,
    compare,
    margin,
)
from mapping.rules.bounds import Bounds

CANNOT_TELL = "We cannot tell from the published data whether that is enough."
ADD_EVIDENCE = "Add evidence of your own, such as payroll records or a survey of your members."


@dataclass(frozen=True)
class Test:
    """A test about to be judged: what is asked, what was found, what closes the gap."""

    __test__ = False  # pytest: this is a question of the rulebook, not a test case

    id: str
    title: str
    citation: str
    sentence: str
    gap: str
    sources: tuple[str, ...] = ()

    @property
    def criterion(self) -> str:
        """The criterion that the test belongs to: the part before the first dot."""
        return self.id.partition(".")[0]


def judge(test: Test, reading: Bounds, threshold: Threshold) -> TestResult:
    """Judge a figure by its line."""
    return settle(test, reading, threshold, compare(reading, threshold))


def settle(test: Test, reading: Bounds, threshold: Threshold, outcome: Outcome) -> TestResult:
    """Write the result of an outcome that was found by more than one comparison."""
    return TestResult(
        id=test.id,
        criterion=test.criterion,
        title=test.title,
        value=reading.value,
        low=reading.low,
        high=reading.high,
        threshold=threshold.line,
        direction=threshold.direction,
        margin=margin(reading, threshold),
        outcome=outcome,
        sentence=_sentence(test.sentence, outcome),
        gap=_gap(test.gap, outcome),
        citation=test.citation,
        sources=test.sources,
    )


def judge_statement(test: Test, *, is_met: bool) -> TestResult:
    """Judge a yes or no. There is no nearly here."""
    return TestResult(
        id=test.id,
        criterion=test.criterion,
        title=test.title,
        value=Fraction(int(is_met)),
        low=Fraction(int(is_met)),
        high=Fraction(int(is_met)),
        threshold=Fraction(1),
        direction=Direction.MINIMUM,
        margin=Fraction(int(is_met) - 1),
        outcome=Outcome.PASS if is_met else Outcome.FAIL,
        sentence=test.sentence,
        gap="" if is_met else test.gap,
        citation=test.citation,
        sources=test.sources,
    )


def judge_nothing(test: Test, threshold: Threshold) -> TestResult:
    """A share of nothing has no value: not met until there is something to measure."""
    return TestResult(
        id=test.id,
        criterion=test.criterion,
        title=test.title,
        value=None,
        low=None,
        high=None,
        threshold=threshold.line,
        direction=threshold.direction,
        margin=None,
        outcome=Outcome.FAIL,
        sentence=test.sentence,
        gap=test.gap,
        citation=test.citation,
        sources=test.sources,
    )


def _sentence(sentence: str, outcome: Outcome) -> str:
    return f"{sentence} {CANNOT_TELL}" if outcome is Outcome.UNKNOWN else sentence


def _gap(gap: str, outcome: Outcome) -> str:
    if outcome is Outcome.PASS:
        return ""
    return ADD_EVIDENCE if outcome is Outcome.UNKNOWN else gap
