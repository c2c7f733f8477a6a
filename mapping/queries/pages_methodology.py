"""The numbers that the methodology page takes from the Basis in force."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from mapping.models import Basis, Cluster, Measure, RegionTotal
from mapping.rules.terms import Band, RegionType

PROBE = 1.2
EXAMPLE_FROM = 1.5


@dataclass(frozen=True, slots=True)
class BandLine:
    """One size band: how many areas, and their least and most traded jobs."""

    band: Band
    areas: int
    least: int
    most: int


@dataclass(frozen=True, slots=True)
class WorkedExample:
    """One region and cluster with everything that its quotient is made of."""

    region: str
    cluster: str
    cluster_jobs: int
    region_base: int
    nation_jobs: int
    nation_base: int
    lq: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Methodology:
    """Numbers of the Basis in force."""

    bands: Sequence[BandLine]
    region_counts: Sequence[tuple[RegionType, int]]
    at_least: int
    cannot_tell: int
    below: int


def methodology_of(basis: Basis) -> Methodology:
    """Count bands, regions, and what the bounds leave open at a quotient of 1.2."""
    rows = RegionTotal.objects.filter(basis=basis)
    areas = rows.filter(region_type=RegionType.ECONOMIC_AREA.value)
    by_band: dict[str, list[int]] = {}
    for band, traded in areas.values_list("band", "traded"):
        by_band.setdefault(band, []).append(traded)
    counts = Counter(rows.values_list("region_type", flat=True))
    pool = Measure.objects.filter(basis=basis, region_type=RegionType.ECONOMIC_AREA.value)
    at_least = pool.filter(lq_low__gte=PROBE).count()
    below = pool.filter(lq_high__lt=PROBE).count()
    return Methodology(
        bands=[
            BandLine(band, len(found), min(found), max(found))
            for band in Band
            if (found := by_band.get(band.value))
        ],
        region_counts=[
            (region_type, counts[region_type.value])
            for region_type in RegionType
            if counts[region_type.value] and region_type is not RegionType.NATION
        ],
        at_least=at_least,
        cannot_tell=pool.count() - at_least - below,
        below=below,
    )


def worked_example(basis: Basis) -> WorkedExample | None:
    """Return an example: the largest strong cluster of a middle-sized economic area."""
    area = (
        RegionTotal.objects.filter(
            basis=basis, region_type=RegionType.ECONOMIC_AREA.value, band=Band.MEDIUM.value
        )
        .order_by("-traded", "region_code")
        .first()
    )
    if area is None:
        return None
    row = (
        Measure.objects.filter(
            basis=basis,
            region_type=area.region_type,
            region_code=area.region_code,
            lq__gte=EXAMPLE_FROM,
        )
        .order_by("-employment")
        .first()
    )
    if row is None:
        return None
    nation = Measure.objects.get(
        basis=basis, region_type=RegionType.NATION.value, cluster_code=row.cluster_code
    )
    return WorkedExample(
        region=area.name,
        cluster=Cluster.objects.get(
            definition_set=basis.definition_set_id, code=row.cluster_code
        ).name,
        cluster_jobs=row.employment,
        region_base=row.employment + row.rest,
        nation_jobs=nation.employment,
        nation_base=nation.employment + nation.rest,
        lq=row.lq,
        low=row.lq_low,
        high=row.lq_high,
    )
