"""Is an industry or cluster traded, local or tied to a resource? Porter's criteria, from data.

Porter (2003) calls an industry traded where its jobs concentrate in few regions: at least half of
them in regions whose location quotient is 1 or more, a mean quotient of the five highest of 2 or
more, and a locational Gini coefficient of 0.3 or more. Everything else is local, except where the
place of a natural resource decides: that no employment table tells, so that resource clusters
are only ever marked by the definition set.
"""

from dataclasses import dataclass

import numpy as np

from mapping.rules.panel import Ints
from mapping.rules.plan import Floats
from mapping.rules.terms import ClusterKind

TOP = 5


@dataclass(frozen=True, slots=True)
class TradedCriteria:
    """Least figures of a traded cluster."""

    share_in_specialized: float = 0.5
    mean_of_top_five: float = 2.0
    gini: float = 0.3


@dataclass(frozen=True, slots=True)
class TradedTest:
    """One cluster's figures and what they say beside what its definition set says."""

    share_in_specialized: float
    mean_of_top_five: float
    gini: float
    is_traded: bool

    def agrees_with(self, kind: ClusterKind) -> bool:
        """Whether the definition set says the same; of resources the test says nothing."""
        return kind is ClusterKind.RESOURCE or self.is_traded == (kind is ClusterKind.TRADED)


def traded_test(
    employment: Ints, totals: Ints, criteria: TradedCriteria | None = None
) -> TradedTest | None:
    """Test one cluster over all regions of a type; None where nobody works in it.

    Args:
        employment: The cluster's jobs by region.
        totals: All jobs by region, the denominator of the quotients here.
        criteria: Lines; Porter's where not said.

    >>> spread = traded_test(np.array([10, 20, 30]), np.array([100, 200, 300]))
    >>> spread.is_traded, round(spread.gini, 2), spread.mean_of_top_five
    (False, 0.0, 1.0)
    """
    lines = criteria or TradedCriteria()
    with_jobs = totals > 0
    jobs, bases = employment[with_jobs].astype(np.float64), totals[with_jobs].astype(np.float64)
    if not jobs.sum():
        return None
    quotients = (jobs / bases) / (jobs.sum() / bases.sum())
    share = float(jobs[quotients >= 1].sum() / jobs.sum())
    top = float(np.sort(quotients)[-TOP:].mean())
    gini = locational_gini(jobs, bases)
    return TradedTest(
        share,
        top,
        gini,
        share >= lines.share_in_specialized
        and top >= lines.mean_of_top_five
        and gini >= lines.gini,
    )


def locational_gini(jobs: Floats, bases: Floats) -> float:
    """One minus twice the area under the Lorenz curve of jobs over all jobs, regions by quotient.

    >>> round(locational_gini(np.array([0.0, 10.0]), np.array([50.0, 50.0])), 3)
    0.5
    """
    order = np.argsort(jobs / bases, kind="stable")
    y = np.concatenate([[0.0], np.cumsum(jobs[order]) / jobs.sum()])
    x = np.concatenate([[0.0], np.cumsum(bases[order]) / bases.sum()])
    return float(max(1 - np.sum((x[1:] - x[:-1]) * (y[1:] + y[:-1])), 0.0))
