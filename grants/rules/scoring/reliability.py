"""How much of a score is the proposal: intraclass correlations and variance components."""

from __future__ import annotations

from dataclasses import dataclass

from grants.rules.scoring.calibration import Calibration
from grants.rules.scoring.reviews import Floats


@dataclass(frozen=True, slots=True)
class Intraclass:
    """The six coefficients of Shrout and Fleiss (1979), Psychological Bulletin 86(2), 420-428.

    ``one_random`` ICC(1,1): each target has other judges; ``two_random`` ICC(2,1): judges are a
    sample; ``two_fixed`` ICC(3,1): these judges only; the ``mean_`` ones are of the judges' mean.
    """

    one_random: float
    two_random: float
    two_fixed: float
    mean_one_random: float
    mean_two_random: float
    mean_two_fixed: float


def intraclass(table: Floats) -> Intraclass:
    """Six coefficients of a complete table.

    Args:
        table: n targets x k judges, no gaps, n and k at least two.

    >>> import numpy as np
    >>> ratings = "9 2 5 8 6 1 3 2 8 4 6 8 7 1 2 6 10 5 6 9 6 2 4 7".split()
    >>> found = intraclass(np.array(ratings, dtype=float).reshape(6, 4))
    >>> [round(x, 2) for x in (found.one_random, found.two_random, found.two_fixed)]
    [0.17, 0.29, 0.71]
    """
    n, k = table.shape
    grand = table.mean()
    targets = k * ((table.mean(axis=1) - grand) ** 2).sum()
    judges = n * ((table.mean(axis=0) - grand) ** 2).sum()
    total = ((table - grand) ** 2).sum()
    between = targets / (n - 1)
    within = (total - targets) / (n * (k - 1))
    judge = judges / (k - 1)
    error = (total - targets - judges) / ((n - 1) * (k - 1))
    return Intraclass(
        one_random=_ratio(between - within, between + (k - 1) * within),
        two_random=_ratio(between - error, between + (k - 1) * error + k * (judge - error) / n),
        two_fixed=_ratio(between - error, between + (k - 1) * error),
        mean_one_random=_ratio(between - within, between),
        mean_two_random=_ratio(between - error, between + (judge - error) / n),
        mean_two_fixed=_ratio(between - error, between),
    )


def _ratio(above: float, below: float) -> float:
    return float(above / below) if below else float("nan")


def single_reliability(spread: float, calibration: Calibration) -> float:
    """Share of one score's variance that is the proposal's: s2t / (s2t + s2b + s2e)."""
    return _ratio(spread, spread + calibration.between_reviewers + calibration.noise)


def mean_reliability(single: float, reviews: int) -> float:
    """The same for the mean of k reviews (Spearman 1910, Brown 1910).

    s2t / (s2t + (s2b + s2e) / k) written with the single coefficient.

    >>> round(mean_reliability(0.26, 3), 2), round(mean_reliability(0.26, 5), 2)
    (0.51, 0.64)
    """
    return _ratio(reviews * single, 1 + (reviews - 1) * single)
