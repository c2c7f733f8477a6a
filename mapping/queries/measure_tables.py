"""Stored measures as rows for exports and as headline figures."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from statistics import fmean
from typing import Any

from mapping.models import Basis, Measure, SubCluster, SubMeasure
from mapping.rules.terms import Base, ClusterKind, RegionType
from mapping.rules.wages import Pay

COLUMNS = (
    "region_code", "cluster_code", "employment", "establishments", "payroll",
    "lq", "lq_low", "lq_high", "classes",
)  # fmt: skip
_LQ_COLUMNS = {
    Base.TRADED: ("lq", "lq_low", "lq_high"),
    Base.TOTAL: ("lq_total", "lq_total_low", "lq_total_high"),
}
SPECIALIZED_FROM = 1.5
TOP_CLUSTERS = 5


DETAILS = (
    "rank", "percentile", "growth", "growth_from", "jobs_created", "wage",
    "establishments_low", "establishments_high", "wage_is_partial",
)  # fmt: skip
_DETAIL_COLUMNS = (
    "rank", "percentile", "growth", "growth_from", "jobs_created", "payroll", "reported",
    "wage_jobs", "wage_payroll",
    "establishments_certain", "establishments_high",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class TableWish:
    """Which rows and columns a table of measures has."""

    region_type: RegionType
    denominator: Base
    has_details: bool = False
    has_sub_clusters: bool = False

    @property
    def header(self) -> tuple[str, ...]:
        """Names of the columns."""
        return (*COLUMNS, *DETAILS) if self.has_details else COLUMNS


def measure_table(basis: Basis, wish: TableWish) -> Iterator[tuple[object, ...]]:
    """Rows in the order of the wish's header, by region, then cluster in the sheet's order."""
    owner = basis.definition_set
    table: type[Measure | SubMeasure] = SubMeasure if wish.has_sub_clusters else Measure
    named = (
        SubCluster.objects.filter(definition_set=owner).values_list("code", "position")
        if wish.has_sub_clusters
        else owner.clusters.values_list("code", "position")
    )
    position = dict(named)
    columns = (
        "region_code", "cluster_code", "employment", "establishments", "payroll",
        *_LQ_COLUMNS[wish.denominator], "classes",
    )  # fmt: skip
    more = _DETAIL_COLUMNS if wish.has_details else ()
    rows = table.objects.filter(basis=basis, region_type=wish.region_type)
    found = sorted(rows.values_list(*columns, *more), key=lambda row: (row[0], position[row[1]]))
    last = len(columns) - 1
    for row in found:
        yield (*row[:last], " ".join(row[last]), *_details(row[last + 1 :]))


def _details(row: tuple[Any, ...]) -> tuple[object, ...]:
    """Detail columns with the wage computed from payroll and published jobs."""
    if not row:
        return ()
    *standing, payroll, reported, wage_jobs, wage_payroll, low, high = row
    pay = Pay(payroll, reported, wage_jobs, wage_payroll)
    wage = None if pay.wage is None else round(pay.wage)
    partial = "" if pay.is_partial is None else int(pay.is_partial)
    return (*standing, wage, low, high, partial)


@dataclass(frozen=True, slots=True)
class Headline:
    """Two figures of the programme's paper over regions of one type."""

    regions: int
    clusters: int
    mean_clusters_lq_1_5: float
    mean_share_of_top_five: float


def headline(basis: Basis, region_type: RegionType) -> Headline:
    """Mean number of traded clusters with LQ >= 1.5, mean share of traded jobs in the top five.

    Regions without traded jobs are left out of both means.
    """
    traded = list(
        basis.definition_set.clusters.filter(kind=ClusterKind.TRADED).values_list("code", flat=True)
    )
    rows = Measure.objects.filter(
        basis=basis, region_type=region_type, cluster_code__in=traded
    ).values_list("region_code", "employment", "lq")
    regions: dict[str, list[tuple[int, float]]] = {}
    for code, employment, lq in rows:
        regions.setdefault(code, []).append((employment, lq))
    counts, shares = [], []
    for clusters in regions.values():
        jobs = sorted((employment for employment, _ in clusters), reverse=True)
        if sum(jobs):
            counts.append(sum(lq >= SPECIALIZED_FROM for _, lq in clusters))
            shares.append(sum(jobs[:TOP_CLUSTERS]) / sum(jobs))
    return Headline(
        regions=len(counts),
        clusters=len(traded),
        mean_clusters_lq_1_5=fmean(counts) if counts else 0.0,
        mean_share_of_top_five=fmean(shares) if shares else 0.0,
    )
