"""Carry a table of jobs from one NAICS vintage to the next by a named rule for codes that split.

A concordance has no weights. A code with one successor goes over whole; one that split is shared
out in whole numbers, so that every job arrives or is named as lost.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray

Ints = NDArray[np.int64]


class SplitRule(StrEnum):
    """How a code that split is shared among its successors."""

    EQUAL = "equal"
    BY_EMPLOYMENT = "by-employment"


@dataclass(frozen=True)
class Split:
    """A rule with what it needs.

    Attributes:
        weights: Jobs of the new codes, for `by-employment`.
        weights_from: The release that they are of.
    """

    rule: SplitRule
    weights: Mapping[str, int] = field(default_factory=dict)
    weights_from: str = ""

    @property
    def name(self) -> str:
        """The rule as it is cited beside a figure."""
        return f"{self.rule.value} ({self.weights_from})" if self.weights_from else self.rule.value


@dataclass(frozen=True)
class Carried:
    """A table on the new codes, and what the way there did to it.

    Attributes:
        table: Regions by new codes.
        lost: Jobs of old codes that the concordance does not know, all regions together.
        ambiguous: Old codes that split, with where they went.
        shared_equally: Codes that split, shared equally since their successors have no weight.
        rule: The split rule as it is cited.
    """

    codes: tuple[str, ...]
    table: Ints
    lost: Mapping[str, int]
    ambiguous: Mapping[str, tuple[str, ...]]
    shared_equally: tuple[str, ...]
    rule: str

    @property
    def lost_employment(self) -> int:
        """All jobs that did not arrive."""
        return sum(self.lost.values())


def successors(changes: Iterable[tuple[str, str]]) -> dict[str, tuple[str, ...]]:
    """New codes of every old code, each once, in order."""
    found: dict[str, set[str]] = {}
    for old, new in changes:
        found.setdefault(old, set()).add(new)
    return {old: tuple(sorted(new)) for old, new in sorted(found.items())}


def carry(
    codes: Sequence[str], table: Ints, changes: Iterable[tuple[str, str]], split: Split
) -> Carried:
    """Carry regions by old codes to regions by new codes.

    Args:
        codes: Old codes, one a column.
        table: Whole numbers of zero or more, regions by old codes.
        changes: Pairs of old and new code; splits and merges repeat codes.
        split: The rule for codes with several successors.
    """
    went = successors(changes)
    used = [code for code in codes if code in went]
    new_codes = tuple(sorted({new for code in used for new in went[code]}))
    place = {code: at for at, code in enumerate(new_codes)}
    result = np.zeros((len(table), len(new_codes)), dtype=np.int64)
    lost: dict[str, int] = {}
    equally = []
    for column, code in enumerate(codes):
        if code not in went:
            lost[code] = int(table[:, column].sum())
            continue
        weights, has_weights = _weights(went[code], split)
        if not has_weights:
            equally.append(code)
        shares = _shared_out(table[:, column], weights)
        for new, share in zip(went[code], shares.T, strict=True):
            result[:, place[new]] += share
    return Carried(
        codes=new_codes,
        table=result,
        lost=lost,
        ambiguous={code: went[code] for code in used if len(went[code]) > 1},
        shared_equally=tuple(equally),
        rule=split.name,
    )


def _weights(targets: Sequence[str], split: Split) -> tuple[Ints, bool]:
    if split.rule is SplitRule.BY_EMPLOYMENT and len(targets) > 1:
        weights = np.array([split.weights.get(target, 0) for target in targets], dtype=np.int64)
        if weights.sum():
            return weights, True
        return np.ones(len(targets), dtype=np.int64), False
    return np.ones(len(targets), dtype=np.int64), True


def _shared_out(jobs: Ints, weights: Ints) -> Ints:
    """Whole shares that add up; what rounding leaves goes to the largest remainders."""
    exact = jobs[:, None] * weights
    shares: Ints = exact // weights.sum()
    remainders = exact - shares * weights.sum()
    left = jobs - shares.sum(axis=1)
    order = np.argsort(-remainders, axis=1, kind="stable")
    rank = np.empty_like(order)
    np.put_along_axis(rank, order, np.arange(len(weights))[None, :], axis=1)
    conserved: Ints = shares + (rank < left[:, None])
    return conserved
