"""The named model `residual-shares-1`: how likely a quotient reaches a line, given what is hidden.

Bounds say what is possible; this says what is likely, under assumptions that a reader may refuse:

1. Every open residual of a four-digit total is split among its missing cells by a Dirichlet
   distribution whose means are in proportion to a mean establishment of each code in the nation.
2. Its concentration is `CONCENTRATION` (2: a missing cell is rarely close to its mean share).
3. Residuals are independent. Over the many counties elsewhere their sum is normal, and what the
   cluster and the rest of its base gain there is drawn apart.
4. Parents that a region does not show at all hold nothing.

Where the bounds alone say that the line is reached, or that it cannot be, the answer is 1 or 0
and nothing is drawn. No determination rests on it. Draws are seeded by the question, so that the
answer is repeatable.
"""

import hashlib
from dataclasses import dataclass
from fractions import Fraction

import numpy as np

from mapping.rules.bounds import Bounds
from mapping.rules.grouping import Grouping
from mapping.rules.open_cells import open_cells
from mapping.rules.panel import Ints, Panel
from mapping.rules.plan import Floats, Plan
from mapping.rules.quotient_arrays import quotients
from mapping.rules.terms import Base

RESIDUAL_SHARES_1 = "residual-shares-1"
CONCENTRATION = 2.0
DRAWS = 2_000
ASSUMPTION = (
    "The model assumes that the jobs which a four-digit total leaves open are shared by chance "
    "among its missing cells, on average as the nation's mean workplaces are, and that industries "
    "not shown here at all have no jobs; how well this holds of the true hidden cells is not "
    "known, and no decision rests on it."
)


@dataclass(frozen=True, slots=True)
class HiddenJobs:
    """By cluster: mean and variance of hidden jobs of the cluster, and of the rest of its base."""

    cluster_mean: Floats
    cluster_variance: Floats
    rest_mean: Floats
    rest_variance: Floats

    def plus(self, part: "HiddenJobs") -> "HiddenJobs":
        """Two sets of units together."""
        return HiddenJobs(
            self.cluster_mean + part.cluster_mean,
            self.cluster_variance + part.cluster_variance,
            self.rest_mean + part.rest_mean,
            self.rest_variance + part.rest_variance,
        )

    def without(self, part: "HiddenJobs") -> "HiddenJobs":
        """What is left of a nation without one of its regions."""
        return HiddenJobs(
            self.cluster_mean - part.cluster_mean,
            np.maximum(self.cluster_variance - part.cluster_variance, 0),
            self.rest_mean - part.rest_mean,
            np.maximum(self.rest_variance - part.rest_variance, 0),
        )


@dataclass(frozen=True, slots=True)
class _Shares:
    """Residuals by unit and parent with the mean share of some group of codes in each."""

    residual: Ints
    weight: Floats
    cells: Floats

    def of(self, group: Grouping) -> Floats:
        """Mean share of a grouping's codes, by unit and group; 0 where nothing is open."""
        return _weights(self.cells, group)


def _weights(cells: Floats, group: Grouping) -> Floats:
    sums = np.zeros((len(cells), group.count))
    if len(group.order):
        ordered = np.take(cells, group.order, axis=1)
        sums[:, group.groups] = np.add.reduceat(ordered, group.starts, axis=1)
    return sums


def _shares(panel: Panel, plan: Plan, sizes: Ints) -> _Shares:
    published = plan.by_parent.sum(panel.floor)
    totals = panel.parents.employment if panel.parents else published
    residual = np.maximum(totals - published, 0)
    opened = open_cells(panel, plan.by_parent, residual, plan.reading).jobs > 0
    cells = np.where(opened, np.maximum(sizes, 1), 0).astype(np.float64)
    weight = _weights(cells, plan.by_parent)
    return _Shares(np.where(weight > 0, residual, 0), np.maximum(weight, 1e-9), cells)


def hidden_jobs(panel: Panel, plan: Plan, sizes: Ints) -> HiddenJobs:
    """Moments of the hidden jobs of every cluster over all units of a panel.

    Args:
        panel: Published cells with four-digit totals.
        plan: Clusters over the panel's codes.
        sizes: Jobs of a mean establishment of each code in the nation.
    """
    shares = _shares(panel, plan, sizes)
    pair = plan.pair_parent
    jobs = shares.residual[:, pair].astype(np.float64)
    own = shares.of(plan.by_pair) / shares.weight[:, pair]
    clusters = len(plan.definition.clusters)
    rest_mean, rest_variance = np.zeros(clusters), np.zeros(clusters)
    pair_cluster = _cluster_of_pairs(plan)
    for base in Base:
        mine = np.array([own_base is base for own_base in plan.base_of_cluster], dtype=bool)
        if not mine.any():
            continue
        in_base = _base_share(shares, plan, base)
        mean, variance = _moments(shares.residual, in_base)
        beside = np.clip(in_base[:, pair] - own, 0, 1)
        less_mean, less_variance = _moments(jobs, in_base[:, pair])
        more_mean, more_variance = _moments(jobs, beside)
        columns = np.flatnonzero(mine)
        for values, whole, change in (
            (rest_mean, mean, more_mean - less_mean),
            (rest_variance, variance, more_variance - less_variance),
        ):
            by_cluster = np.bincount(pair_cluster, change, minlength=clusters)
            values[columns] = whole.sum() + by_cluster[columns]
    own_mean, own_variance = _moments(jobs, own)
    return HiddenJobs(
        np.bincount(pair_cluster, own_mean, minlength=clusters).astype(np.float64),
        np.bincount(pair_cluster, own_variance, minlength=clusters).astype(np.float64),
        rest_mean,
        np.maximum(rest_variance, 0),
    )


def _moments(jobs: Floats | Ints, share: Floats) -> tuple[Floats, Floats]:
    """Mean and variance of a share of each residual, summed over units."""
    mean = (jobs * share).sum(axis=0)
    spread = share * (1 - share) / (CONCENTRATION + 1)
    variance = (np.square(jobs, dtype=np.float64) * spread).sum(axis=0)
    return mean, variance


def _base_share(shares: _Shares, plan: Plan, base: Base) -> Floats:
    if base is Base.TOTAL:
        return np.ones(shares.residual.shape)
    return np.clip(shares.of(plan.base_by_parent[base]) / shares.weight, 0, 1)


def _cluster_of_pairs(plan: Plan) -> Ints:
    return plan.pairs_by_cluster.position


@dataclass(frozen=True, slots=True)
class Published:
    """Published jobs: cluster and rest of its base, in the region and elsewhere."""

    cluster: int
    rest: int
    cluster_elsewhere: int
    rest_elsewhere: int


@dataclass(frozen=True, slots=True)
class ClassProbability:
    """How likely the quotient reaches a line, by which model, and from how many draws.

    `draws` is 0 where the bounds alone decide; the probability is then exactly 0 or 1.
    """

    probability: float
    threshold: float
    model: str
    draws: int
    seed: int

    @property
    def is_decided(self) -> bool:
        """Whether the bounds alone say it."""
        return self.draws == 0


def decided_by(lq: Bounds, threshold: Fraction, seed: int) -> ClassProbability | None:
    """What the bounds alone say of a line; None where it lies between them.

    Args:
        lq: Exact bounds of the quotient.
        threshold: The line, exact.
        seed: The question's, kept beside the answer.

    >>> decided_by(Bounds.of(1, "3/2", 2), Fraction(1), 7).probability
    1.0
    """
    if lq.low < threshold <= lq.high:
        return None
    reached = 1.0 if threshold <= lq.low else 0.0
    return ClassProbability(reached, float(threshold), RESIDUAL_SHARES_1, 0, seed)


def seed_of(*parts: str) -> int:
    """A seed that depends on the question alone."""
    return int.from_bytes(hashlib.sha256("|".join(parts).encode()).digest()[:8])


def probability_at_least(
    threshold: float,
    region: tuple[Panel, Plan, Ints],
    index: int,
    published: Published,
    elsewhere: HiddenJobs,
    seed: int,
) -> ClassProbability:
    """Probability that one cluster's quotient in one region is at least `threshold`.

    Args:
        threshold: The line.
        region: Panel of the region's units, plan, and mean sizes by code.
        index: Position of the cluster.
        published: What the files show.
        elsewhere: Hidden jobs of the nation without the region.
        seed: Same seed, same answer.
    """
    chance = np.random.default_rng(seed)
    gained, gained_rest = _drawn_in_region(*region, index, chance)
    far = (
        (elsewhere.cluster_mean[index], elsewhere.cluster_variance[index]),
        (elsewhere.rest_mean[index], elsewhere.rest_variance[index]),
    )
    a, b = (np.maximum(chance.normal(mean, np.sqrt(var), DRAWS), 0) for mean, var in far)
    drawn = quotients(
        published.cluster + gained,
        published.rest + gained_rest,
        published.cluster_elsewhere + a,
        published.rest_elsewhere + b,
    )
    return ClassProbability(
        float((drawn >= threshold).mean()), threshold, RESIDUAL_SHARES_1, DRAWS, seed
    )


def _drawn_in_region(
    panel: Panel, plan: Plan, sizes: Ints, index: int, chance: np.random.Generator
) -> tuple[Floats, Floats]:
    """Draws of the region's hidden jobs, of the cluster and of the rest of its base."""
    shares = _shares(panel, plan, sizes)
    base = _base_share(shares, plan, plan.base_of_cluster[index])
    own = np.zeros_like(base)
    pairs = np.flatnonzero(_cluster_of_pairs(plan) == index)
    own[:, plan.pair_parent[pairs]] = (
        shares.of(plan.by_pair)[:, pairs] / shares.weight[:, plan.pair_parent[pairs]]
    )
    beside = np.clip(base - own, 0, 1)
    jobs = shares.residual.astype(np.float64)
    together = (jobs > 0) & (own > 0)
    mean, variance = _moments(np.where(together, 0, jobs), beside)
    rest = np.maximum(chance.normal(mean.sum(), np.sqrt(variance.sum()), DRAWS), 0)
    gained = np.zeros(DRAWS)
    parts = np.stack([own, beside, np.clip(1 - own - beside, 0, 1)])
    for unit, parent in zip(*np.nonzero(together), strict=True):
        alpha = CONCENTRATION * parts[:, unit, parent]
        split = chance.standard_gamma(alpha, (DRAWS, 3))
        split *= jobs[unit, parent] / np.maximum(split.sum(axis=1, keepdims=True), 1e-300)
        gained += split[:, 0]
        rest += split[:, 1]
    return gained, rest
