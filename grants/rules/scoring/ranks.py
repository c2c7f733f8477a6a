"""How sure a rank is: the probability of lying above the line, expected rank, its interval.

Scores get a normal prior whose mean and variance are chosen by their own marginal likelihood
(empirical Bayes; Laird and Louis 1989, Empirical Bayes ranking methods, J. Educ. Statist. 14(1)).
Draws come from a stored seed, so that anybody gets the same figures again.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy.optimize import minimize_scalar
from scipy.stats import rankdata

from grants.rules.scoring.calibration import Calibration
from grants.rules.scoring.reviews import Floats
from kit.refusals import refuse

DRAWS = 4000
INTERVAL = (5.0, 95.0)


@dataclass(frozen=True, slots=True, eq=False)
class Ranks:
    """What can be said of the order.

    Attributes:
        posterior: P posterior means of the true scores.
        above: P probabilities of being among the first ``awards``.
        expected: P expected ranks, 1 is best.
        low, high: P ends of the 90 % interval of the rank.
        spread: s2t, the variance of true scores between proposals.
    """

    posterior: Floats
    above: Floats
    expected: Floats
    low: Floats
    high: Floats
    spread: float


def rank_chances(calibration: Calibration, awards: int, *, seed: int) -> Ranks:
    """Draw true scores and count ranks.

    Args:
        calibration: of P proposals, with a known error.
        awards: how many are above the line, 0 to P.
        seed: kept with the result.

    Raises:
        Refused: ``line_outside`` or ``error_unknown`` (every proposal has but one score).
    """
    scores, count = calibration.scores, len(calibration.scores)
    if not 0 <= awards <= count:
        raise refuse("line_outside", f"The line must lie between 0 and {count} awards.")
    if not np.isfinite(calibration.covariance).all():
        raise refuse(
            "error_unknown",
            "With one score a proposal nobody can tell how far scores differ by chance.",
        )
    values, vectors = np.linalg.eigh(calibration.covariance)
    values = np.maximum(values, 0.0)
    spread, mean = prior(scores, values, vectors)
    if spread <= 0:
        return _indistinct(mean, awards, count)
    shrink = vectors * (spread / (values + spread)) @ vectors.T
    posterior = mean + shrink @ (scores - mean)
    root = vectors * np.sqrt(values * spread / (values + spread))
    noise = np.random.default_rng(seed).standard_normal((DRAWS, count))
    order = rankdata(-(posterior + noise @ root.T), axis=1, method="average")
    low, high = np.percentile(order, INTERVAL, axis=0)
    return Ranks(
        posterior, (order <= awards).mean(axis=0), order.mean(axis=0), low, high, float(spread)
    )


def prior(scores: Floats, values: Floats, vectors: Floats) -> tuple[float, float]:
    """Variance and mean of true scores with the greatest marginal likelihood.

    Args:
        scores: P estimates.
        values: P eigenvalues of their covariance.
        vectors: P x P, its eigenvectors in columns.
    """
    ones, turned = vectors.T @ np.ones(len(scores)), vectors.T @ scores

    def mean_at(spread: float) -> float:
        weight = 1 / (values + spread)
        return float((weight * ones * turned).sum() / (weight * ones * ones).sum())

    def surprise(spread: float) -> float:
        total = values + spread
        left = turned - mean_at(spread) * ones
        return float(np.log(total).sum() + (left**2 / total).sum())

    observed = float(np.var(scores))
    if observed <= 0:
        return 0.0, float(scores.mean())
    floor = 1e-6 * observed
    found = minimize_scalar(
        lambda place: surprise(float(np.exp(place))),
        bounds=(np.log(floor), np.log(10 * observed)),
        method="bounded",
        options={"xatol": 1e-10},
    )
    spread = float(np.exp(found.x))
    # At the lower end the likelihood wants no spread at all.
    if spread < 10 * floor:
        return 0.0, mean_at(floor)
    return spread, mean_at(spread)


def _indistinct(mean: float, awards: int, count: int) -> Ranks:
    """Where the scores do not tell proposals apart every order is as likely."""
    full = np.ones(count)
    return Ranks(
        posterior=mean * full,
        above=awards / count * full,
        expected=(count + 1) / 2 * full,
        low=full,
        high=count * full,
        spread=0.0,
    )


def difference_error(calibration: Calibration, first: int, second: int) -> float:
    """Standard error of the difference of two proposals' scores.

    Proposals that share reviewers share their error, so this is not the two errors added.
    """
    c = calibration.covariance
    variance = c[first, first] + c[second, second] - 2 * c[first, second]
    return float(np.sqrt(max(variance, 0.0)))
