"""Review science measured: assignment speed and proof, calibration against its rivals.

Instances are made by seed. Calibration is judged by Kendall's tau between the estimated and the
true order, averaged over fresh panels in several regimes.
"""

from __future__ import annotations

import statistics
import time
from dataclasses import dataclass

import numpy as np
from scipy.stats import kendalltau

from grants.rules.assignment.problem import Load, Problem
from grants.rules.assignment.solve import Assignment, assign
from grants.rules.scoring.calibration import Method, calibrate
from grants.rules.scoring.reviews import Panel, Score, panel_of


@dataclass(frozen=True, slots=True)
class Size:
    """A competition: how many, which loads, how long it may take; None where no bar was set."""

    proposals: int
    reviewers: int
    reviews: int
    load: Load
    bar: float | None
    is_panel: bool


SIZES = (
    Size(40, 15, 3, Load(6, 10), 1.0, is_panel=True),
    Size(100, 100, 3, Load(1, 5), None, is_panel=True),
    Size(529, 160, 3, Load(8, 12), 5.0, is_panel=False),
    Size(1000, 400, 5, Load(8, 15), 30.0, is_panel=False),
)
# Panels: within this share of the bound, proved. Larger ones: within the declared loss.
PANEL_SHARE, DECLARED = 0.999, 0.99
REGIMES = ((0.0, 1.0), (0.5, 1.0), (1.0, 1.0), (1.5, 0.7), (2.0, 0.5))
PANELS = 60
SEEDS = 3


def instance(proposals: int, reviewers: int, seed: int) -> tuple[np.ndarray, np.ndarray]:
    """Topic mixtures, a little noise, one pair in twenty in conflict."""
    rng = np.random.default_rng(seed)
    topics = rng.dirichlet(np.full(12, 0.2), proposals + reviewers)
    fits = topics[:proposals] @ topics[proposals:].T + rng.normal(0, 0.02, (proposals, reviewers))
    return np.clip(fits, 0, 1), rng.random(fits.shape) < 0.05


def assignments(seed: int) -> bool:
    """A line per size: median seconds of three seeds, total and worst against their bounds."""
    print(f"\nAssignment on generated instances, seeds {seed} to {seed + SEEDS - 1}")
    print("proposals reviewers reviews  seconds  bar  total/bound  worst/bound  proved")
    held = [_assigned(size, seed) for size in SIZES]
    return all(held)


def _assigned(size: Size, seed: int) -> bool:
    seconds, shares, worsts, proved = [], [], [], 0
    for number in range(seed, seed + SEEDS):
        fits, forbidden = instance(size.proposals, size.reviewers, number)
        began = time.perf_counter()
        found = assign(Problem(fits, forbidden, size.reviews, size.load), seed=number)
        seconds.append(time.perf_counter() - began)
        if not isinstance(found, Assignment):
            print(f"{size.proposals:9} {size.reviewers:9}  nothing found with seed {number}")
            return False
        shares.append(found.total / found.bound)
        worsts.append(found.worst / found.worst_bound)
        proved += found.is_proved
    middle, share = statistics.median(seconds), min(shares)
    is_good = share >= PANEL_SHARE and proved == SEEDS if size.is_panel else share >= DECLARED
    is_held = is_good and (size.bar is None or middle <= size.bar)
    bar = "-" if size.bar is None else f"{size.bar:.0f}"
    print(
        f"{size.proposals:9} {size.reviewers:9} {size.reviews:7} {middle:8.2f} {bar:>4}"
        f" {share:12.5f} {min(worsts):12.5f} {proved:5}/{SEEDS}{'' if is_held else '  MISSED'}"
    )
    return is_held


def panel(rng: np.random.Generator, leniency: float, noise: float) -> tuple[Panel, np.ndarray]:
    """Thirty proposals, ten reviewers, three reviews each; the truth beside."""
    truth, bias = rng.normal(size=30), rng.normal(scale=leniency, size=10)
    scores = []
    for row in range(30):
        for column in rng.choice(10, size=3, replace=False):
            value = 5 + truth[row] + bias[column] + float(rng.normal(scale=noise))
            scores.append(Score(f"p{row:02}", f"r{column}", value))
    return panel_of(scores), truth


def z_scores(given: Panel) -> np.ndarray:
    """The common remedy: each reviewer's scores standardised, then averaged."""
    values = np.where(given.given, given.values, np.nan)
    spread = np.nanstd(values, axis=0)
    standard = (values - np.nanmean(values, axis=0)) / np.where(spread > 0, spread, 1)
    return np.nanmean(standard, axis=1)


def calibration(seed: int) -> bool:
    """A line per regime: mean tau of each method; whether calibration beats mean and z-scores."""
    print(f"\nCalibration: mean Kendall's tau with the truth, {PANELS} panels a line, seed {seed}")
    print("leniency noise    raw  z-score  two-way  calibrated")
    rng = np.random.default_rng(seed)
    everything: list[list[float]] = []
    for leniency, noise in REGIMES:
        rows = []
        while len(rows) < PANELS:
            given, truth = panel(rng, leniency, noise)
            if len(given.parts) > 1:
                continue
            orders = [
                calibrate(given, Method.RAW).scores,
                z_scores(given),
                calibrate(given, Method.TWO_WAY).scores,
                calibrate(given).scores,
            ]
            rows.append([kendalltau(order, truth).statistic for order in orders])
        means = np.mean(rows, axis=0)
        everything.append(list(means))
        print(f"{leniency:8} {noise:5} {columns(means)}")
    raw, z_score, _, calibrated = overall = np.mean(everything, axis=0)
    is_best = bool(calibrated > raw and calibrated > z_score)
    print(f"    mean       {columns(overall)}{'' if is_best else '  MISSED'}")
    return is_best


def columns(means: np.ndarray) -> str:
    """Four figures under their heads."""
    raw, z_score, two_way, calibrated = means
    return f"{raw:6.3f} {z_score:8.3f} {two_way:8.3f} {calibrated:11.3f}"
