"""Calibrated scores: what a proposal would have got from the whole panel.

An applicant reads one sentence: "Your score is the mean of your reviews, less the mean leniency of
the reviewers who gave them." Leniency is estimated, shrunk, and used only where the scores show
that reviewers really differ (the gate).
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from grants.rules.scoring.mixed_model import LARGEST_RATIO, Spectrum, best_ratio, spectrum
from grants.rules.scoring.reviews import Floats, Panel
from kit.refusals import refuse

# Twice the log-likelihood ratio at which reviewers count as different: the 5 % point of the
# half-and-half mixture of chi-squared(0) and chi-squared(1) (Self and Liang 1987), since a
# variance cannot be negative.
GATE = 2.71


class Method(StrEnum):
    """The ranking rule that a notice fixes."""

    RAW = "raw"
    TWO_WAY = "two-way"
    REML = "reml"


@dataclass(frozen=True, slots=True, eq=False)
class Calibration:
    """A panel's scores with what is known of their error.

    Attributes:
        method: The rule that was asked for.
        is_adjusted: Whether leniency was taken out; False where the gate stayed shut.
        raw: P plain means.
        scores: P scores under the rule.
        errors: P standard errors against the panel's mean.
        covariance: P x P, of the scores.
        leniency: R, how much above the others each reviewer scores (zero if not adjusted).
        shrinkage: R, the estimate divided by what fixed effects would say (1: not shrunk).
        noise, between_reviewers: the variance components s2e and s2b.
        likelihood_ratio: what was held against the gate.
    """

    method: Method
    is_adjusted: bool
    raw: Floats
    scores: Floats
    errors: Floats
    covariance: Floats
    leniency: Floats
    shrinkage: Floats
    noise: float
    between_reviewers: float
    likelihood_ratio: float


def calibrate(panel: Panel, method: Method = Method.REML) -> Calibration:
    """Score a panel under one rule.

    Raises:
        Refused: ``disconnected_reviews`` where leniency would have to be compared between
            proposals that no chain of shared reviewers connects.

    >>> from grants.rules.scoring.reviews import Score, panel_of
    >>> given = {"A": (4, 6), "B": (5, 7), "C": (3, 5)}
    >>> panel = panel_of(Score(p, r, v) for p, vs in given.items() for r, v in zip("xy", vs))
    >>> calibrate(panel, Method.TWO_WAY).leniency.round(6).tolist()
    [-1.0, 1.0]
    """
    of = spectrum(panel)
    if method is Method.RAW:
        return _scored(of, method, 0.0, 0.0)
    _refuse_apart(panel)
    if method is Method.TWO_WAY:
        return _scored(of, method, LARGEST_RATIO, 0.0)
    ratio = best_ratio(of)
    gain = 2 * (of.criterion(0.0) - of.criterion(ratio)) if ratio else 0.0
    return _scored(of, method, ratio if gain > GATE else 0.0, gain)


def _refuse_apart(panel: Panel) -> None:
    parts = panel.parts
    if len(parts) > 1:
        first, second = parts[0][0], parts[1][0]
        raise refuse(
            "disconnected_reviews",
            f"The reviews fall into {len(parts)} parts without a shared reviewer: nothing tells "
            f"how {first} compares with {second}. Add a review that links them, or rank each "
            "part by itself.",
        )


def _scored(of: Spectrum, method: Method, ratio: float, gain: float) -> Calibration:
    fixed = of.vectors @ (of.t / of.d)
    leniency = fixed if method is Method.TWO_WAY else of.leniency(ratio)
    scores = of.means - of.weights @ leniency if ratio else of.means
    noise = of.noise(ratio) if of.freedom > 0 else float("nan")
    covariance = of.covariance(ratio) if of.freedom > 0 else np.full((len(of.means),) * 2, np.nan)
    return Calibration(
        method=method,
        is_adjusted=ratio > 0,
        raw=of.means,
        scores=scores,
        errors=contrast_errors(covariance),
        covariance=covariance,
        leniency=leniency if ratio else np.zeros(len(fixed)),
        shrinkage=_shrinkage(leniency, fixed) if ratio else np.zeros(len(fixed)),
        noise=noise,
        between_reviewers=ratio * noise if method is Method.REML and ratio else 0.0,
        likelihood_ratio=gain,
    )


def _shrinkage(estimate: Floats, fixed: Floats) -> Floats:
    safe = np.where(np.abs(fixed) < 1e-12, 1.0, fixed)
    return np.where(np.abs(fixed) < 1e-12, 1.0, estimate / safe)


def contrast_errors(covariance: Floats) -> Floats:
    """Standard errors against the panel's mean: sqrt diag(J C J) with J = I - 11'/P.

    >>> contrast_errors(np.eye(2)).round(4).tolist()
    [0.7071, 0.7071]
    """
    rows = covariance.mean(axis=1)
    variance = np.diag(covariance) - 2 * rows + covariance.mean()
    errors: Floats = np.sqrt(np.maximum(variance, 0.0))
    return errors
