"""Everything that "Methods" shows of a panel: calibration, chances, stability, reliability."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from grants.rules.scoring.agreement import Level, krippendorff_alpha
from grants.rules.scoring.calibration import Calibration, Method, calibrate
from grants.rules.scoring.ranks import Ranks, rank_chances
from grants.rules.scoring.reliability import mean_reliability, single_reliability
from grants.rules.scoring.reviews import Floats, Panel
from grants.rules.scoring.stability import staying_power
from kit.refusals import Refused

MOST_REVIEWERS = 60  # leaving each one out once takes too long for a page beyond this


@dataclass(frozen=True, slots=True)
class ProposalMethods:
    """One proposal; None where the scores cannot tell."""

    proposal: str
    raw: float
    calibrated: float
    error: float | None
    chance: float | None
    expected_rank: float | None
    lowest_rank: float | None
    highest_rank: float | None
    stays: float | None


@dataclass(frozen=True, slots=True)
class ReviewerMethods:
    """One reviewer under an alias: leniency, and how far it was shrunk (1: not at all)."""

    reviewer: str
    leniency: float
    shrinkage: float
    reviews: int


@dataclass(frozen=True, slots=True)
class Methods:
    """The whole report."""

    proposals: tuple[ProposalMethods, ...]
    reviewers: tuple[ReviewerMethods, ...]
    is_adjusted: bool
    likelihood_ratio: float
    noise: float | None
    between_reviewers: float
    spread: float | None
    single: float | None
    several: float | None
    reviews_each: float
    alpha: float | None
    has_stability: bool


def methods_of(panel: Panel, awards: int, seed: int) -> Methods:
    """Report on a panel by the calibrated method, whatever rule decides.

    Raises:
        Refused: ``disconnected_reviews``.
    """
    found = calibrate(panel, Method.REML)
    ranks = _ranks(found, awards, seed)
    has_stability = len(panel.reviewers) <= MOST_REVIEWERS
    stays = staying_power(panel, awards, Method.REML) if has_stability else None
    each = panel.reviews / len(panel.proposals)
    single = single_reliability(ranks.spread, found) if ranks else None
    return Methods(
        proposals=tuple(
            _proposal(place, name, found, ranks, stays)
            for place, name in enumerate(panel.proposals)
        ),
        reviewers=tuple(
            ReviewerMethods(
                name,
                float(found.leniency[place]),
                float(found.shrinkage[place]),
                int(panel.given[:, place].sum()),
            )
            for place, name in enumerate(panel.reviewers)
        ),
        is_adjusted=found.is_adjusted,
        likelihood_ratio=found.likelihood_ratio,
        noise=known(found.noise),
        between_reviewers=found.between_reviewers,
        spread=ranks.spread if ranks else None,
        single=known(single),
        several=None if known(single) is None else mean_reliability(single or 0.0, round(each)),
        reviews_each=each,
        alpha=known(
            krippendorff_alpha(np.where(panel.given, panel.values, np.nan), Level.INTERVAL)
        ),
        has_stability=has_stability,
    )


def known(value: float | None) -> float | None:
    """Return None for a figure that could not be found.

    >>> known(float("nan")) is None, known(0.5)
    (True, 0.5)
    """
    return None if value is None or math.isnan(value) else float(value)


def _ranks(found: Calibration, awards: int, seed: int) -> Ranks | None:
    try:
        return rank_chances(found, awards, seed=seed)
    except Refused:
        return None


def _proposal(
    place: int, name: str, found: Calibration, ranks: Ranks | None, stays: Floats | None
) -> ProposalMethods:
    return ProposalMethods(
        proposal=name,
        raw=float(found.raw[place]),
        calibrated=float(found.scores[place]),
        error=known(float(found.errors[place])),
        chance=float(ranks.above[place]) if ranks else None,
        expected_rank=float(ranks.expected[place]) if ranks else None,
        lowest_rank=float(ranks.low[place]) if ranks else None,
        highest_rank=float(ranks.high[place]) if ranks else None,
        stays=None if stays is None else known(float(stays[place])),
    )
