"""All clusters of a drawn region at once."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import numpy as np

from kit.refusals import Refusal, Refused
from mapping.models import Basis
from mapping.queries.basis import sources_of
from mapping.queries.concentration import frame_of
from mapping.queries.county_sums import county_sums
from mapping.queries.panels import read_panel
from mapping.queries.regions import counties_named
from mapping.rules.assignment import Assigned, assign
from mapping.rules.concentration import Frame
from mapping.rules.definitions import ClusterEntry
from mapping.rules.region_measures import RegionMeasures, measure_regions
from mapping.rules.terms import Band


class UnknownCounties(Refused):
    """Some codes name no county."""


@dataclass(frozen=True, slots=True)
class RegionCluster:
    """One cluster of a drawn region."""

    cluster: ClusterEntry
    employment: int
    employment_low: int
    employment_high: int
    establishments: int
    payroll: int
    share_of_region: float
    share_of_nation: float
    lq: float
    lq_low: float
    lq_high: float
    lq_total: float
    lq_total_low: float
    lq_total_high: float


@dataclass(frozen=True, slots=True)
class DrawnRegion:
    """A drawn region as a whole, and its clusters in the sheet's order."""

    fips: tuple[str, ...]
    employment: int
    traded_employment: int
    establishments: int
    payroll: int
    band: Band
    clusters: tuple[RegionCluster, ...]


def drawn_region(basis: Basis, fips: Iterable[str]) -> DrawnRegion:
    """Measure a union of counties on a Basis; it enters no pool and changes nothing."""
    wanted = known_counties(fips)
    frame = frame_of(basis)
    panel = read_panel(sources_of(basis), frame.code_sizes, wanted).panel
    return _measured(frame, wanted, assign(panel, frame.plan).of_all())


def kept_region(basis: Basis, fips: Iterable[str]) -> DrawnRegion:
    """The same answer from the county sums in memory: for whoever asks again and again.

    The counties are known ones: a page or the API has read them out of a text already.
    """
    wanted = frozenset(fips)
    return _measured(frame_of(basis), wanted, county_sums(basis).union(wanted))


def known_counties(fips: Iterable[str]) -> frozenset[str]:
    """Return the counties.

    Raises:
        UnknownCounties: some codes name none, or there are none.
    """
    wanted = frozenset(fips)
    unknown = sorted(wanted - set(counties_named(wanted)))
    if unknown or not wanted:
        listed = ", ".join(unknown)
        sentence = f"No county has the code {listed}." if unknown else "Name at least one county."
        raise UnknownCounties(Refusal("unknown_counties", sentence))
    return wanted


def _measured(frame: Frame, wanted: frozenset[str], region: Assigned) -> DrawnRegion:
    measured = measure_regions(region, frame.nation, frame.plan)
    traded = int(region.traded[0])
    return DrawnRegion(
        fips=tuple(sorted(wanted)),
        employment=int(region.total[0]),
        traded_employment=traded,
        establishments=int(region.total_establishments[0]),
        payroll=int(region.total_payroll[0]),
        band=frame.cuts.band_of(traded),
        clusters=tuple(_clusters(frame, measured)),
    )


def _clusters(frame: Frame, measured: RegionMeasures) -> Iterator[RegionCluster]:
    """Column by column out of the arrays: one number after the other takes three times as long."""
    jobs, high = measured.regions, measured.standing.cluster.high
    whole = jobs.employment, np.minimum(jobs.employment, jobs.employment_certain), high
    counts = (*whole, jobs.establishments, jobs.payroll)
    lq, total = measured.lq, measured.lq_total
    quotients = lq.value, lq.certain, lq.high, total.value, total.certain, total.high
    columns = [column[0].astype(np.int64).tolist() for column in counts]
    columns += [measured.share_of_region[0].tolist(), measured.share_of_nation[0].tolist()]
    columns += [column[0].tolist() for column in quotients]
    for entry, *row in zip(frame.plan.definition.clusters, *columns, strict=True):
        yield RegionCluster(entry, *row)
