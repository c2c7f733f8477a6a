"""Krippendorff's alpha: agreement beyond chance, for any number of raters, with gaps.

Source: Krippendorff (2011), Computing Krippendorff's alpha-reliability; Hayes and Krippendorff
(2007), Communication Methods and Measures 1(1), 77-89.
"""

from __future__ import annotations

from enum import StrEnum

import numpy as np

from grants.rules.scoring.reviews import Floats


class Level(StrEnum):
    """What the values' differences mean."""

    NOMINAL = "nominal"
    ORDINAL = "ordinal"
    INTERVAL = "interval"
    RATIO = "ratio"


def krippendorff_alpha(table: Floats, level: Level) -> float:
    """Alpha of a table of units x raters, NaN where a rater gave no value.

    Returns:
        1 for perfect agreement, 0 for agreement as by chance; NaN where no two values can be
        paired or only one value was ever used.

    >>> krippendorff_alpha(np.array([[1.0, 1.0], [2.0, 2.0]]), Level.NOMINAL)
    1.0
    """
    values, coincidence = coincidences(table)
    count = coincidence.sum(axis=1)
    total = count.sum()
    if total <= 1 or len(values) < 2:
        return float("nan")
    difference = DIFFERENCES[level](values, count)
    seen = (coincidence * difference).sum()
    expected = (np.outer(count, count) * difference).sum() / (total - 1)
    return float(1 - seen / expected)


def coincidences(table: Floats) -> tuple[Floats, Floats]:
    """The values in use (v) and how often they meet within a unit (v x v).

    A unit with m values gives each ordered pair the weight 1 / (m - 1); lone values do not count.
    """
    paired = table[np.count_nonzero(~np.isnan(table), axis=1) > 1]
    values = np.unique(paired[~np.isnan(paired)])
    matrix = np.zeros((len(values), len(values)))
    for unit in paired:
        held = np.bincount(
            np.searchsorted(values, unit[~np.isnan(unit)]), minlength=len(values)
        ).astype(float)
        matrix += (np.outer(held, held) - np.diag(held)) / (held.sum() - 1)
    return values, matrix


def _nominal(values: Floats, _count: Floats) -> Floats:
    return 1 - np.eye(len(values))


def _ordinal(_values: Floats, count: Floats) -> Floats:
    """Squared number of values between two ranks, each end counted half."""
    below = np.cumsum(count) - count / 2
    apart: Floats = (below[:, None] - below[None, :]) ** 2
    return apart


def _interval(values: Floats, _count: Floats) -> Floats:
    apart: Floats = (values[:, None] - values[None, :]) ** 2
    return apart


def _ratio(values: Floats, _count: Floats) -> Floats:
    sums = values[:, None] + values[None, :]
    apart: Floats = (
        np.divide(
            values[:, None] - values[None, :], sums, out=np.zeros(sums.shape), where=sums != 0
        )
        ** 2
    )
    return apart


DIFFERENCES = {
    Level.NOMINAL: _nominal,
    Level.ORDINAL: _ordinal,
    Level.INTERVAL: _interval,
    Level.RATIO: _ratio,
}
