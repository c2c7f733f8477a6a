"""From assigned jobs to measures: every cluster of every region of one type, as arrays."""

from dataclasses import dataclass, fields

import numpy as np

from mapping.rules.absence import absent_jobs
from mapping.rules.assignment import Assigned
from mapping.rules.panel import Ints
from mapping.rules.plan import Floats, Plan
from mapping.rules.quotient_arrays import Spans, quotient_spans


@dataclass(frozen=True, slots=True)
class Standing:
    """A region set's jobs with what absent parents could add.

    Attributes:
        cluster: Jobs of each cluster.
        rest: The rest of each cluster's own base.
        rest_of_all: All employment without each cluster.
    """

    cluster: Spans
    rest: Spans
    rest_of_all: Spans


@dataclass(frozen=True, slots=True)
class RegionMeasures:
    """Measures of regions by clusters."""

    regions: Assigned
    standing: Standing
    lq: Spans
    lq_total: Spans
    share_of_region: Floats
    share_of_nation: Floats


def standing_of(regions: Assigned, plan: Plan) -> Standing:
    """Add to the published and open jobs what absent parents could hold."""
    of_cluster, beside, of_all = absent_jobs(regions, plan)
    total = regions.total[:, None]
    return Standing(
        cluster=Spans.of(
            regions.employment_certain,
            regions.employment,
            regions.employment_high + of_cluster,
        ),
        rest=Spans.of(regions.rest_certain, regions.rest, regions.rest_high + beside),
        rest_of_all=Spans.of(
            np.maximum(total - regions.employment_high, 0),
            np.maximum(total - regions.employment, 0),
            np.maximum(total - regions.employment_certain, 0) + of_all[:, None],
        ),
    )


def elsewhere(nation: Assigned, regions: Assigned) -> Assigned:
    """The nation without each region."""
    return Assigned(
        **{
            field.name: getattr(nation, field.name) - getattr(regions, field.name)
            for field in fields(Assigned)
        }
    )


def measure_regions(regions: Assigned, nation: Assigned, plan: Plan) -> RegionMeasures:
    """Quotients with bounds on both bases, and shares, for every region and cluster."""
    here = standing_of(regions, plan)
    there = standing_of(elsewhere(nation, regions), plan)
    return RegionMeasures(
        regions=regions,
        standing=here,
        lq=quotient_spans(here.cluster, here.rest, there.cluster, there.rest),
        lq_total=quotient_spans(here.cluster, here.rest_of_all, there.cluster, there.rest_of_all),
        share_of_region=_share(regions.employment, regions.employment + regions.rest),
        share_of_nation=_share(regions.employment, nation.employment),
    )


def _share(part: Ints, whole: Ints) -> Floats:
    shares: Floats = np.where(whole > 0, part / np.maximum(whole, 1), 0.0)
    return shares
