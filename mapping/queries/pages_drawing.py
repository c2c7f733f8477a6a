"""A region that somebody draws: every cluster of any union of counties, answered at once.

The union is summed from the release's own rows and compared with the economic areas of its size
band; it is stored nowhere and enters no pool.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from mapping.models import Basis, Cluster, County, Measure, RegionTotal, Shape, ShapeSet
from mapping.queries.basis import sources_of
from mapping.queries.concentration import frame_of, pool_type
from mapping.queries.figures import Figure, Reading
from mapping.queries.panels import national_sums, read_panel
from mapping.rules.assignment import assign
from mapping.rules.concentration import Frame
from mapping.rules.county_texts import WrittenCounties, read_counties
from mapping.rules.geometry import Detail
from mapping.rules.region_measures import RegionMeasures, measure_regions
from mapping.rules.states import STATES
from mapping.rules.terms import Band, RegionType

STATE_CODES = {
    written.lower(): code
    for code, names in STATES.items()
    for written in (names.name, names.postal)
}
DRAWN = "drawn"


@dataclass(frozen=True, slots=True)
class DrawnCluster:
    """One cluster of a drawn region, and how many areas of its size it stands above."""

    figure: Figure
    cluster: Cluster
    above: int
    peers: int


@dataclass(frozen=True, slots=True)
class DrawnRegion:
    """A union of counties with every cluster's figures."""

    fips: Sequence[str]
    employment: int
    traded: int
    local: int
    establishments: int
    band: Band
    clusters: Sequence[DrawnCluster]
    parts: Sequence[Sequence[str]]

    @property
    def is_contiguous(self) -> bool:
        """Whether one can walk from any county to any other inside the region."""
        return len(self.parts) <= 1


def counties_written(text: str) -> tuple[WrittenCounties, dict[str, str]]:
    """Read counties out of a text; also returns the names of all counties."""
    names = dict(County.objects.values_list("fips", "name"))
    return read_counties(text, names, STATE_CODES), names


def drawn_region(
    basis: Basis, fips: Sequence[str], clusters: Sequence[Cluster], shapes: ShapeSet | None
) -> DrawnRegion:
    """Measure a union of counties."""
    frame = frame_of(basis)
    sources = sources_of(basis)
    read = read_panel(sources, national_sums(sources), frozenset(fips))
    region = assign(read.panel, frame.plan).of_all()
    measured = measure_regions(region, frame.nation, frame.plan)
    band = frame.cuts.band_of(int(region.traded[0]))
    pool = _pool(basis, band)
    by_code = {cluster.code: cluster for cluster in clusters}
    figures = _figures(measured, frame)
    return DrawnRegion(
        fips=fips,
        employment=int(region.total[0]),
        traded=int(region.traded[0]),
        local=int(region.local[0]),
        establishments=int(region.total_establishments[0]),
        band=band,
        clusters=[_beside(figure, by_code[figure.cluster], pool) for figure in figures],
        parts=_parts(fips, shapes),
    )


def _figures(measured: RegionMeasures, frame: Frame) -> list[Figure]:
    regions, standing = measured.regions, measured.standing
    figures = []
    for at, entry in enumerate(frame.plan.definition.clusters):
        jobs = int(regions.employment[0, at])
        share = float(measured.share_of_nation[0, at])
        per_job = share / jobs if jobs else 0.0
        least = min(float(standing.cluster.certain[0, at]), jobs)
        most = float(standing.cluster.high[0, at])
        figures.append(
            Figure(
                code=DRAWN,
                name="Your region",
                cluster=entry.code,
                jobs=Reading(least, jobs, most),
                lq=_reading(measured.lq, at),
                lq_total=_reading(measured.lq_total, at),
                share=Reading(least * per_job, share, most * per_job),
                share_of_region=float(measured.share_of_region[0, at]),
                establishments=int(regions.establishments[0, at]),
                payroll=int(regions.payroll[0, at]),
                classes=(),
            )
        )
    return sorted(figures, key=lambda figure: -figure.lq.value)


def _reading(spans: object, at: int) -> Reading:
    low, value, high = (float(getattr(spans, end)[0, at]) for end in ("certain", "value", "high"))
    return Reading(low, value, high)


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


def _beside(figure: Figure, cluster: Cluster, pool: dict[str, list[float]]) -> DrawnCluster:
    peers = pool.get(cluster.code, [])
    return DrawnCluster(figure, cluster, sum(lq < figure.lq.value for lq in peers), len(peers))


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
