"""What a test says: four outcomes, and the one rule by which a value meets a threshold.

All arithmetic is exact (``fractions.Fraction``); nothing is rounded before it is compared.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

from mapping.rules.bounds import Bounds


class Outcome(StrEnum):
    """How a test came out. Screens never show these words."""

    PASS = "pass"  # noqa: S105 - an outcome, not a secret
    NEAR = "near"
    FAIL = "fail"
    UNKNOWN = "unknown"


# From worst to best. An unknown may still turn out to be a pass, so it outranks a near miss.
RANKING = (Outcome.FAIL, Outcome.NEAR, Outcome.UNKNOWN, Outcome.PASS)

OUTCOME_WORDS = {
    Outcome.PASS: "Met",
    Outcome.NEAR: "Nearly met",
    Outcome.FAIL: "Not met yet",
    Outcome.UNKNOWN: "We cannot tell from the published data",
}


class Direction(StrEnum):
    """Whether the threshold is a floor or a ceiling."""

    MINIMUM = "minimum"
    MAXIMUM = "maximum"


@dataclass(frozen=True)
class Threshold:
    """A line to reach (minimum) or to stay under (maximum).

    ``near_share`` is the part of the line by which a value may miss and still count as near;
    counts may also miss by ``near_count`` whole units. ``is_strict``: equal is not enough.
    """

    line: Fraction
    direction: Direction = Direction.MINIMUM
    is_count: bool = False
    is_strict: bool = False
    near_share: Fraction = Fraction(1, 10)
    near_count: int = 1

    @property
    def tolerance(self) -> Fraction:
        """How far beyond the line still counts as near."""
        share = abs(self.line) * self.near_share
        return max(Fraction(self.near_count), share) if self.is_count else share


@dataclass(frozen=True)
class TestResult:
    """One test of the rulebook, answered: the figures, the sentence, the next step."""

    __test__ = False  # pytest: this is a result, not a test case

    id: str
    criterion: str
    title: str
    value: Fraction | None
    low: Fraction | None
    high: Fraction | None
    threshold: Fraction | None
    direction: Direction
    margin: Fraction | None
    outcome: Outcome
    sentence: str
    gap: str
    citation: str
    sources: tuple[str, ...] = ()

    @property
    def words(self) -> str:
        """The outcome as people read it."""
        return OUTCOME_WORDS[self.outcome]


def compare(reading: Bounds, threshold: Threshold) -> Outcome:
    """Judge a reading: programme 2.3, for floors; ceilings are the mirror image.

    low >= t pass; low < t <= high unknown; t - high within the tolerance near; else fail.
    """
    low, high, line = reading.low, reading.high, threshold.line
    if threshold.direction is Direction.MAXIMUM:
        low, high, line = -reading.high, -reading.low, -line
    if _reaches(low, line, is_strict=threshold.is_strict):
        return Outcome.PASS
    if _reaches(high, line, is_strict=threshold.is_strict):
        return Outcome.UNKNOWN
    return Outcome.NEAR if line - high <= threshold.tolerance else Outcome.FAIL


def margin(reading: Bounds, threshold: Threshold) -> Fraction:
    """How far the value lies on the good side of the line; negative when it falls short."""
    if threshold.direction is Direction.MAXIMUM:
        return threshold.line - reading.value
    return reading.value - threshold.line


def best(outcomes: Iterable[Outcome]) -> Outcome:
    """Any one of several ways is enough."""
    return max(outcomes, key=RANKING.index)


def worst(outcomes: Iterable[Outcome]) -> Outcome:
    """All of several tests are needed. No test at all fails nothing."""
    return min(outcomes, key=RANKING.index, default=Outcome.PASS)


def _reaches(figure: Fraction, line: Fraction, *, is_strict: bool) -> bool:
    return figure > line if is_strict else figure >= line
