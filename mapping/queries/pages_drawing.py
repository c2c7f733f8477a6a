"""A region that somebody draws: every cluster of any union of counties, answered at once.

The union is summed from the release's own rows and compared with the economic areas of its size
band; it is stored nowhere and enters no pool.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from mapping.models import Basis, Cluster, County, Measure, RegionTotal, ShapeSet
from mapping.queries.concentration import pool_type
from mapping.queries.custom_regions import DrawnRegion, RegionCluster, kept_region
from mapping.queries.figures import Figure, Reading
from mapping.queries.nearby import Nearby, beside_of, nearby
from mapping.rules.contiguity import pieces
from mapping.rules.county_texts import WrittenCounties, read_counties
from mapping.rules.gaming import Neighbourhood, Standing
from mapping.rules.states import STATES
from mapping.rules.terms import Band, ClusterKind

STATE_CODES = {
    written.lower(): code
    for code, names in STATES.items()
    for written in (names.name, names.postal)
}
DRAWN = "drawn"
# A quotient is remarked on only where the cluster is more than a plant or two.
ENOUGH_JOBS = 250


@dataclass(frozen=True, slots=True)
class ComparedCluster:
    """One cluster of a drawn region: how many areas of its size and outlines near it are lower."""

    figure: Figure
    cluster: Cluster
    above: int
    peers: int
    nearby: Standing | None


@dataclass(frozen=True, slots=True)
class DrawnPage:
    """A union of counties with every cluster compared, the highest quotient first."""

    region: DrawnRegion
    clusters: Sequence[ComparedCluster]
    parts: Sequence[Sequence[str]]
    outlines: Neighbourhood | None

    @property
    def picked(self) -> list[ComparedCluster]:
        """Traded clusters in which hardly any outline nearby reaches the drawn one."""
        return [
            row
            for row in self.clusters
            if row.nearby is not None
            and row.nearby.is_picked
            and row.figure.lq.value > 1
            and row.figure.jobs.value >= ENOUGH_JOBS
            and row.cluster.kind == ClusterKind.TRADED.value
        ]

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
    region = kept_region(basis, fips)
    pool = _pool(basis, region.band)
    by_code = {cluster.code: cluster for cluster in clusters}
    near = nearby(basis, frozenset(fips), shapes) if shapes else None
    compared = [
        _beside(_figure(row), by_code[row.cluster.code], pool, near) for row in region.clusters
    ]
    return DrawnPage(
        region=region,
        clusters=sorted(compared, key=lambda row: -row.figure.lq.value),
        parts=pieces(fips, beside_of(shapes)) if shapes else [sorted(fips)],
        outlines=near.outlines if near else None,
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


def _beside(
    figure: Figure, cluster: Cluster, pool: dict[str, list[float]], near: Nearby | None
) -> ComparedCluster:
    peers = pool.get(cluster.code, [])
    above = sum(lq < figure.lq.value for lq in peers)
    standing = near.by_cluster[cluster.code] if near else None
    return ComparedCluster(figure, cluster, above, len(peers), standing)
