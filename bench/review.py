"""Review science measured: assignment speed and proof, calibration against its rivals.

    python -m bench.review
    python manage.py shell -c "from bench.review import from_database; from_database()"

The second fills 529 proposals and 160 reviewers into the database inside a transaction that is
taken back, and times the whole run from the rows to the kept result.

Instances are made by seed. Calibration is judged by Kendall's tau between the estimated and the
true order, averaged over fresh panels in several regimes.
"""

from __future__ import annotations

import statistics
import time

import numpy as np
from scipy.stats import kendalltau

from grants.rules.assignment.problem import Load, Problem
from grants.rules.assignment.solve import Assignment, assign
from grants.rules.scoring.calibration import Method, calibrate
from grants.rules.scoring.reviews import Panel, Score, panel_of

SIZES = ((40, 15, 3, 6, 10), (100, 100, 3, 1, 5), (529, 160, 3, 8, 12), (1000, 400, 5, 8, 15))
REGIMES = ((0.0, 1.0), (0.5, 1.0), (1.0, 1.0), (1.5, 0.7), (2.0, 0.5))
PANELS = 60


def instance(proposals: int, reviewers: int, seed: int) -> tuple[np.ndarray, np.ndarray]:
    """Topic mixtures, a little noise, one pair in twenty in conflict."""
    rng = np.random.default_rng(seed)
    topics = rng.dirichlet(np.full(12, 0.2), proposals + reviewers)
    fits = topics[:proposals] @ topics[proposals:].T + rng.normal(0, 0.02, (proposals, reviewers))
    return np.clip(fits, 0, 1), rng.random(fits.shape) < 0.05


def assignments() -> None:
    """A line per size: median seconds of three seeds, total against bound, worst against bound."""
    print("proposals reviewers  seconds   total/bound  worst/bound  proved")
    for proposals, reviewers, reviews, low, high in SIZES:
        seconds, shares, worsts, proved = [], [], [], 0
        for seed in range(3):
            fits, forbidden = instance(proposals, reviewers, seed)
            began = time.perf_counter()
            found = assign(Problem(fits, forbidden, reviews, Load(low, high)), seed=seed)
            seconds.append(time.perf_counter() - began)
            if isinstance(found, Assignment):
                shares.append(found.total / found.bound)
                worsts.append(found.worst / found.worst_bound)
                proved += found.is_proved
        print(
            f"{proposals:9} {reviewers:9} {statistics.median(seconds):8.2f}"
            f" {min(shares):13.5f} {min(worsts):12.5f} {proved:5}/3"
        )


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


def calibration() -> None:
    """A line per regime: mean tau of each method."""
    print("\nleniency noise    raw  z-score  two-way  calibrated")
    everything: list[list[float]] = []
    for leniency, noise in REGIMES:
        rng = np.random.default_rng(round(100 * leniency))
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
    print(f"    mean       {columns(np.mean(everything, axis=0))}")


def columns(means: np.ndarray) -> str:
    """Four figures under their heads."""
    raw, z_score, two_way, calibrated = means
    return f"{raw:6.3f} {z_score:8.3f} {two_way:8.3f} {calibrated:11.3f}"


def from_database() -> None:
    """529 proposals x 160 reviewers x 3 from the database, to a run that is kept; at most 5 s."""
    # Imported here: the other benchmarks need no database.
    from django.db import transaction  # noqa: PLC0415

    from grants.actions.run_assignment import run_assignment  # noqa: PLC0415
    from grants.queries.assignment_facts import Relaxed  # noqa: PLC0415
    from tests.db.grants.panels import make_panel  # noqa: PLC0415
    from trail.actors import SYSTEM  # noqa: PLC0415
    from trail.queries.clock import database_now  # noqa: PLC0415

    with transaction.atomic():
        competition, _, seats = make_panel(529, 160)
        for seat in seats:
            seat.greatest_load = 12
            seat.save(update_fields=["greatest_load"])
        began = time.perf_counter()
        run = run_assignment(
            actor=SYSTEM,
            at=database_now(),
            competition=competition,
            relaxed=Relaxed(),
            seed=1,
        )
        seconds = time.perf_counter() - began
        found = run.result["is_possible"]
        print(f"529 x 160 x 3 from the database: {seconds:.2f} s, possible: {found}")
        transaction.set_rollback(True)


if __name__ == "__main__":
    assignments()
    calibration()
