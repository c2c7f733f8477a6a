"""The concentration of one cluster in one union of counties, in exact fractions."""

from dataclasses import dataclass

from mapping.rules.absence import absent_jobs
from mapping.rules.assignment import Assigned
from mapping.rules.bands import TOP_QUARTILE, BandCuts, quantile
from mapping.rules.bounds import Bounds
from mapping.rules.measures import Concentration, Peer, SourceDigest
from mapping.rules.panel import Ints
from mapping.rules.plan import Plan
from mapping.rules.quotients import Place, Span, quotient, quotient_bounds, share_bounds
from mapping.rules.region_measures import elsewhere
from mapping.rules.terms import Band


@dataclass(frozen=True, slots=True)
class AreaJobs:
    """An economic area's published jobs of one cluster and of the rest of its base."""

    code: str
    band: Band
    employment: int
    rest: int


@dataclass(frozen=True, slots=True)
class Frame:
    """What is the same for every region on a Basis."""

    plan: Plan
    nation: Assigned
    code_sizes: Ints
    cuts: BandCuts
    basis_digest: str


@dataclass(frozen=True, slots=True)
class Question:
    """Which cluster, where, and everything that was read to answer."""

    cluster_code: str
    fips: tuple[str, ...]
    digests: tuple[SourceDigest, ...]


def concentrate(
    question: Question, region: Assigned, frame: Frame, areas: tuple[AreaJobs, ...]
) -> Concentration:
    """Answer a question about one region (one summed row) from whole numbers only."""
    index = frame.plan.definition.position(question.cluster_code)
    cluster = frame.plan.definition.clusters[index]
    here = place_of(region, frame.plan, index)
    there = place_of(elsewhere(frame.nation, region), frame.plan, index)
    band = frame.cuts.band_of(int(region.traded[0]))
    peers = tuple(sorted(_peer(area, frame.nation, index) for area in areas if area.band is band))
    return Concentration(
        cluster_code=cluster.code,
        cluster_name=cluster.name,
        kind=cluster.kind,
        base=cluster.base,
        fips=question.fips,
        employment=_jobs(here.cluster),
        base_employment=_sum(here),
        lq=Bounds(*quotient_bounds(here, there)),
        share_of_nation=Bounds(*share_bounds(here.cluster, there.cluster)),
        share_of_region=Bounds(*share_bounds(here.cluster, here.rest)),
        establishments=int(region.establishments[0, index]),
        payroll=int(region.payroll[0, index]),
        traded_employment=int(region.traded[0]),
        band=band,
        peers=peers,
        pool_top_quartile_lq=quantile([peer.lq for peer in peers], TOP_QUARTILE),
        basis_digest=frame.basis_digest,
        digests=question.digests,
    )


def place_of(row: Assigned, plan: Plan, index: int) -> Place:
    """Integers of one cluster in a one-row assignment, absent parents included."""
    of_cluster, beside, _ = absent_jobs(row, plan)
    return Place(
        cluster=_span(
            int(row.employment_certain[0, index]),
            int(row.employment[0, index]),
            int(row.employment_high[0, index] + of_cluster[0, index]),
        ),
        rest=_span(
            int(row.rest_certain[0, index]),
            int(row.rest[0, index]),
            int(row.rest_high[0, index] + beside[0, index]),
        ),
    )


def _span(certain: int, value: int, high: int) -> Span:
    return Span(certain, value, max(high, value))


def _jobs(span: Span) -> Bounds:
    return Bounds.of(min(span.certain, span.value), span.value, span.high)


def _sum(place: Place) -> Bounds:
    return _jobs(place.cluster) + _jobs(place.rest)


def _peer(area: AreaJobs, nation: Assigned, index: int) -> Peer:
    return Peer(
        quotient(
            area.employment,
            area.rest,
            int(nation.employment[0, index]) - area.employment,
            int(nation.rest[0, index]) - area.rest,
        ),
        area.code,
    )
