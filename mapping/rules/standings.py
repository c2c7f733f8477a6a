"""Where every region stands among its kind, and how it has changed."""

from dataclasses import dataclass

import numpy as np

from mapping.rules.grouping import Bools
from mapping.rules.panel import Ints
from mapping.rules.plan import Floats


@dataclass(frozen=True, slots=True)
class Standings:
    """By region and cluster; `has_rank` is False where a region has no jobs of the cluster."""

    rank: Ints
    percentile: Floats
    has_rank: Bools


def standings(lq: Floats, employment: Ints) -> Standings:
    """Rank regions by quotient, cluster by cluster, among those with jobs.

    Regions with the same quotient share the better rank. The percentile is the share of those
    regions whose quotient is lower.

    >>> found = standings(np.array([[2.0], [1.0], [2.0], [0.0]]), np.array([[9], [5], [4], [0]]))
    >>> found.rank[:, 0].tolist(), found.percentile[:, 0].round(2).tolist()
    ([1, 3, 1, 0], [0.33, 0.0, 0.33, 0.0])
    """
    has_rank = employment > 0
    rank = np.zeros(lq.shape, dtype=np.int64)
    percentile = np.zeros(lq.shape)
    for column in range(lq.shape[1]):
        inside = np.flatnonzero(has_rank[:, column])
        if not len(inside):
            continue
        values = lq[inside, column]
        ordered = np.sort(values)
        rank[inside, column] = len(ordered) + 1 - np.searchsorted(ordered, values, side="right")
        percentile[inside, column] = np.searchsorted(ordered, values) / len(ordered)
    return Standings(rank, percentile, has_rank)


@dataclass(frozen=True, slots=True)
class Before:
    """Jobs in an earlier year by region and cluster; `is_known` by region."""

    year: int
    employment: Ints
    is_known: Bools


@dataclass(frozen=True, slots=True)
class Change:
    """Jobs created since an earlier year, and the yearly rate where there were jobs before."""

    created: Ints
    is_known: Bools
    growth: Floats
    has_growth: Bools


def change_since(before: Before, year: int, employment: Ints) -> Change:
    """Count the change of every region and cluster.

    Nothing is known of a region that the earlier file does not show at all: its counties may
    have had other codes.

    >>> before = Before(2019, np.array([[100, 0]]), np.array([True]))
    >>> found = change_since(before, 2021, np.array([[121, 7]]))
    >>> found.created.tolist(), found.growth.round(4).tolist(), found.has_growth.tolist()
    ([[21, 7]], [[0.1, 0.0]], [[True, False]])
    """
    known = np.broadcast_to(before.is_known[:, None], employment.shape)
    has_growth = known & (before.employment > 0)
    ratio = employment / np.maximum(before.employment, 1)
    growth = np.where(has_growth, ratio ** (1 / max(year - before.year, 1)) - 1, 0.0)
    return Change(employment - before.employment, known, growth, has_growth)
