"""The training of reviewers: two sample proposals scored against an agreed key (programme.md 3.3).

Whoever scores close to the key uses the scale as others do. Samples and key are data, read by
``queries/training.py``.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

TRAINING_LIFE = 365  # days
FARTHEST = 2  # one score may lie this far from the key
MEAN_DISTANCE = (1, 1)  # the mean distance over all scores, as a fraction: at most one point


@dataclass(frozen=True, slots=True)
class Marked:
    """How far one score lies from the agreed key, with the key's reason."""

    sample: str
    criterion: str
    given: int
    agreed: int
    reason: str

    @property
    def distance(self) -> int:
        """Points between the two."""
        return abs(self.given - self.agreed)

    @property
    def agreed_words(self) -> str:
        """The agreed score as it is written."""
        return str(self.agreed)

    @property
    def is_far(self) -> bool:
        """Whether this score alone is too far away."""
        return self.distance > FARTHEST


@dataclass(frozen=True, slots=True)
class Result:
    """What came of one try."""

    marks: tuple[Marked, ...]

    @property
    def is_passed(self) -> bool:
        """Whether no score is far off and the mean distance is at most one point.

        >>> near = Marked("s", "c", 6, 7, "")
        >>> Result((near, near)).is_passed
        True
        >>> Result((near, Marked("s", "d", 1, 7, ""))).is_passed
        False
        """
        if not self.marks or any(mark.is_far for mark in self.marks):
            return False
        most, per = MEAN_DISTANCE
        return sum(mark.distance for mark in self.marks) * per <= most * len(self.marks)


def mark(
    given: Mapping[tuple[str, str], int], key: Mapping[tuple[str, str], tuple[int, str]]
) -> Result:
    """Compare scores with the key; every score of the key must be given.

    Args:
        given: (sample, criterion) to the score.
        key: (sample, criterion) to the agreed score and why.

    Raises:
        KeyError: a score is missing (the form should have asked).
    """
    return Result(
        tuple(
            Marked(sample, criterion, given[sample, criterion], agreed, reason)
            for (sample, criterion), (agreed, reason) in key.items()
        )
    )
