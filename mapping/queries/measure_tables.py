"""Stored measures as rows for exports and as headline figures."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from statistics import fmean

from mapping.models import Basis, Measure
from mapping.rules.terms import Base, ClusterKind, RegionType

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


def measure_table(
    basis: Basis, region_type: RegionType, denominator: Base
) -> Iterator[tuple[object, ...]]:
    """Rows in the order of COLUMNS, by region, then cluster in the sheet's order."""
    position = dict(basis.definition_set.clusters.values_list("code", "position"))
    columns = (
        "region_code", "cluster_code", "employment", "establishments", "payroll",
        *_LQ_COLUMNS[denominator], "classes",
    )  # fmt: skip
    rows = Measure.objects.filter(basis=basis, region_type=region_type).values_list(*columns)
    for row in sorted(rows, key=lambda row: (row[0], position[row[1]])):
        yield (*row[:-1], " ".join(row[-1]))


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
