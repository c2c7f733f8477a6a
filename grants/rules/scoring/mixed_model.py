"""Reviewer leniency by restricted maximum likelihood, in closed form but for one line search.

The model: y_ij = theta_i + b_j + e_ij with proposals fixed, reviewers b_j ~ N(0, s2b) and
noise e_ij ~ N(0, s2e). Everything hangs on the ratio g = s2b / s2e: g -> 0 gives raw means,
g -> infinity the two-way fixed effects. Source: Patterson and Thompson (1971), Recovery of
inter-block information when block sizes are unequal, Biometrika 58(3); the reduction to one
dimension is the spectral decomposition of L = R - N' D^-1 N.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy.optimize import minimize_scalar

from grants.rules.scoring.reviews import Floats, Panel

# Ratios beyond these differ from "none" and "fixed effects" by less than any score is read.
SMALLEST_RATIO, LARGEST_RATIO = 1e-6, 1e6


@dataclass(frozen=True, slots=True, eq=False)
class Spectrum:
    """The panel seen by its reviewers' contrasts.

    Attributes:
        means: P raw means; weights: P x R, each row 1/n_i where a score was given.
        laplacian: R x R, L; vectors: its eigenvectors with d > 0; d: those eigenvalues.
        t: U'q, the residuals' sums in that basis.
        residual: SSE about the raw means; freedom: reviews - proposals.
    """

    means: Floats
    weights: Floats
    laplacian: Floats
    vectors: Floats
    d: Floats
    t: Floats
    residual: float
    freedom: int

    @property
    def explained(self) -> Floats:
        """z_m = t_m^2 / d_m: the part of SSE that each contrast of reviewers can explain."""
        z: Floats = self.t**2 / self.d
        return z

    def noise(self, ratio: float) -> float:
        """s2e at this ratio."""
        z = self.explained
        left = max(self.residual - float(z.sum()), 0.0)
        return (left + float((z / (1 + ratio * self.d)).sum())) / self.freedom

    def criterion(self, ratio: float) -> float:
        """Minus the restricted log-likelihood, up to a constant: f(g)."""
        noise = max(self.noise(ratio), np.finfo(float).tiny)
        bend = float(np.log1p(ratio * self.d).sum())
        return 0.5 * (self.freedom * float(np.log(noise)) + bend)

    def leniency(self, ratio: float) -> Floats:
        """Estimate b at this ratio (R): how much above the others each reviewer scores."""
        scaled = ratio / (1 + ratio * self.d) * self.t
        effects: Floats = self.vectors @ scaled
        return effects

    def covariance(self, ratio: float) -> Floats:
        """Cov(theta) at this ratio (P x P); at zero the raw means' own."""
        raw: Floats = np.diag(1 / np.count_nonzero(self.weights, axis=1))
        if ratio > 0:
            inner = np.linalg.inv(self.laplacian + np.eye(len(self.laplacian)) / ratio)
            raw = raw + self.weights @ inner @ self.weights.T
        return self.noise(ratio) * raw


def spectrum(panel: Panel) -> Spectrum:
    """Decompose a panel once; every ratio is cheap afterwards."""
    means = panel.raw_means
    residuals = np.where(panel.given, panel.values - means[:, None], 0.0)
    incidence = panel.given.astype(np.float64)
    weights = incidence / panel.per_proposal[:, None]
    laplacian = np.diag(incidence.sum(axis=0)) - incidence.T @ weights
    values, vectors = np.linalg.eigh(laplacian)
    real = values > 1e-9 * max(float(values.max()), 1.0)
    return Spectrum(
        means=means,
        weights=weights,
        laplacian=laplacian,
        vectors=vectors[:, real],
        d=values[real],
        t=vectors[:, real].T @ residuals.sum(axis=0),
        residual=float((residuals**2).sum()),
        freedom=panel.reviews - len(panel.proposals),
    )


def best_ratio(of: Spectrum) -> float:
    """The ratio with the greatest restricted likelihood; zero where reviewers do not differ.

    The likelihood may have two humps, so the whole range is looked over before one is climbed.
    """
    if of.freedom <= 0 or of.residual <= 0 or not len(of.d):
        return 0.0
    places = np.linspace(np.log(SMALLEST_RATIO), np.log(LARGEST_RATIO), 113)
    heights = [of.criterion(float(np.exp(place))) for place in places]
    top = int(np.argmin(heights))
    around = (float(places[max(top - 1, 0)]), float(places[min(top + 1, len(places) - 1)]))
    found = minimize_scalar(
        lambda place: of.criterion(float(np.exp(place))),
        bounds=around,
        method="bounded",
        options={"xatol": 1e-11},
    )
    ratio = float(np.exp(found.x))
    return ratio if of.criterion(ratio) < of.criterion(0.0) else 0.0
