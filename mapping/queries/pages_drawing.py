"""A region that somebody draws: every cluster of any union of counties, answered at once.

The union is summed from the release's own rows and compared with the economic areas of its size
band; it is stored nowhere and enters no pool.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from mapping.models import Basis, Cluster, County, Measure, RegionTotal, Shape, ShapeSet
from mapping.queries.concentration import pool_type
from mapping.queries.custom_regions import DrawnRegion, RegionCluster, drawn_region
from mapping.queries.figures import Figure, Reading
from mapping.rules.county_texts import WrittenCounties, read_counties
from mapping.rules.geometry import Detail
from mapping.rules.states import STATES
from mapping.rules.terms import Band, RegionType

STATE_CODES = {
    written.lower(): code
    for code, names in STATES.items()
    for written in (names.name, names.postal)
}
DRAWN = "drawn"


@dataclass(frozen=True, slots=True)
class ComparedCluster:
    """One cluster of a drawn region, and how many areas of its size it stands above."""

    figure: Figure
    cluster: Cluster
    above: int
    peers: int


@dataclass(frozen=True, slots=True)
class DrawnPage:
    """A union of counties with every cluster compared, the highest quotient first."""

    region: DrawnRegion
    clusters: Sequence[ComparedCluster]
    parts: Sequence[Sequence[str]]

    @property
    def is_contiguous(self) -> bool:
        """Whether one can walk from any county to any other inside the region."""
        return len(self.parts) <= 1


def counties_written(text: str) -> tuple[WrittenCounties, dict[str, str]]:
    """Read counties out of a text; also returns the names of all counties."""
    names = dict(County.objects.values_list("fips", "name"))
    return read_counties(text, names, STATE_CODES), names


def drawn_page(
    basis: Basis, fips: Sequence[str], clusters: Sequence[Cluster], shapes: ShapeSet | None
) -> DrawnPage:
    """Measure a union of counties and compare it with the areas of its size."""
    region = drawn_region(basis, fips)
    pool = _pool(basis, region.band)
    by_code = {cluster.code: cluster for cluster in clusters}
    compared = [_beside(_figure(row), by_code[row.cluster.code], pool) for row in region.clusters]
    return DrawnPage(
        region=region,
        clusters=sorted(compared, key=lambda row: -row.figure.lq.value),
        parts=_parts(fips, shapes),
    )


def _figure(row: RegionCluster) -> Figure:
    per_job = row.share_of_nation / row.employment if row.employment else 0.0
    return Figure(
        code=DRAWN,
        name="Your region",
        cluster=row.cluster.code,
        jobs=Reading(row.employment_low, row.employment, row.employment_high),
        lq=Reading(row.lq_low, row.lq, row.lq_high),
        lq_total=Reading(row.lq_total_low, row.lq_total, row.lq_total_high),
        share=Reading(
            row.employment_low * per_job, row.share_of_nation, row.employment_high * per_job
        ),
        share_of_region=row.share_of_region,
        establishments=row.establishments,
        payroll=row.payroll,
        classes=(),
    )


def _pool(basis: Basis, band: Band) -> dict[str, list[float]]:
    """Return the quotients of the areas of a band, by cluster."""
    kind = pool_type(basis).value
    areas = RegionTotal.objects.filter(basis=basis, region_type=kind, band=band.value)
    rows = Measure.objects.filter(
        basis=basis, region_type=kind, region_code__in=areas.values("region_code")
    )
    pool: dict[str, list[float]] = {}
    for cluster, lq in rows.values_list("cluster_code", "lq"):
        pool.setdefault(cluster, []).append(lq)
    return pool


def _beside(figure: Figure, cluster: Cluster, pool: dict[str, list[float]]) -> ComparedCluster:
    peers = pool.get(cluster.code, [])
    return ComparedCluster(figure, cluster, sum(lq < figure.lq.value for lq in peers), len(peers))


def _parts(fips: Iterable[str], shapes: ShapeSet | None) -> list[list[str]]:
    """Split a union into the pieces that hang together."""
    left = set(fips)
    if shapes is None:
        return [sorted(left)] if left else []
    rows = Shape.objects.filter(
        shape_set=shapes,
        layer=RegionType.COUNTY.value,
        detail=Detail.SHEET.value,
        region_code__in=left,
    )
    beside = dict(rows.values_list("region_code", "neighbours"))
    parts = []
    while left:
        part, reach = [], [min(left)]
        left.discard(reach[0])
        while reach:
            here = reach.pop()
            part.append(here)
            near = left & set(beside.get(here, ()))
            left -= near
            reach += near
        parts.append(sorted(part))
    return sorted(parts, key=len, reverse=True)
