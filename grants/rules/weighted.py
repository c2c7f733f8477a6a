"""Weighted scores, exact: a whole score per criterion, whole percents, no rounding anywhere."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from kit.refusals import refuse

WHOLE = 100


@dataclass(frozen=True, slots=True)
class Weight:
    """One criterion as the notice fixed it; ``key`` names it in the sheets."""

    key: str
    name: str
    percent: int


@dataclass(frozen=True, slots=True)
class Sheet:
    """What one reviewer gave one proposal: a whole score per criterion."""

    proposal: str
    reviewer: str
    values: Mapping[str, int]


def weighted_score(values: Mapping[str, int], weights: Sequence[Weight]) -> Fraction:
    """Return the weighted mean of one reviewer's scores, exactly.

    Raises:
        Refused: ``weights_not_whole`` where they do not sum to 100; ``criterion_missing``.

    >>> weights = [Weight("a", "Need", 40), Weight("b", "Plan", 35), Weight("c", "Match", 25)]
    >>> weighted_score({"a": 7, "b": 5, "c": 8}, weights)
    Fraction(131, 20)
    """
    if sum(one.percent for one in weights) != WHOLE:
        raise refuse("weights_not_whole", "The weights of the criteria must sum to 100.")
    missing = [one.name for one in weights if one.key not in values]
    if missing:
        raise refuse("criterion_missing", f"There is no score on {missing[0]}.")
    return Fraction(sum(one.percent * values[one.key] for one in weights), WHOLE)


def mean(values: Sequence[Fraction | int]) -> Fraction:
    """Return the exact mean.

    >>> mean([5, 6, 8])
    Fraction(19, 3)
    """
    return Fraction(sum(values), len(values))


def criterion_means(sheets: Sequence[Sheet], weights: Sequence[Weight]) -> dict[str, Fraction]:
    """Return the mean of each criterion over the sheets of one proposal.

    >>> sheets = [Sheet("A", "r", {"a": 7}), Sheet("A", "s", {"a": 8})]
    >>> criterion_means(sheets, [Weight("a", "Need", 100)])
    {'a': Fraction(15, 2)}
    """
    return {one.key: mean([sheet.values[one.key] for sheet in sheets]) for one in weights}
