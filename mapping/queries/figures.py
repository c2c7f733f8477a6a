"""Figures of regions and clusters as pages, tables, downloads and the API read them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from mapping.models import Basis, Cluster, Measure, RegionTotal
from mapping.rules.class_rules import PORTAL_2017
from mapping.rules.map_classes import NONE, SCALES, WIDE, MapMeasure, ReadingEnd
from mapping.rules.terms import NATION_CODE, RegionType
from mapping.rules.wages import Pay

STRONG = f"{PORTAL_2017}:strong"
DRAWN_TYPES = (RegionType.ECONOMIC_AREA, RegionType.STATE, RegionType.COUNTY, RegionType.CBSA)


@dataclass(frozen=True, slots=True)
class Reading:
    """A figure with its bounds, as floats for pages; determinations use exact fractions."""

    low: float
    value: float
    high: float

    @property
    def is_exact(self) -> bool:
        """Whether the published cells leave nothing open."""
        return self.low == self.high


def exactly(value: float) -> Reading:
    """A published figure that has no bounds."""
    return Reading(value, value, value)


@dataclass(frozen=True, slots=True)
class Figure:
    """One cluster in one region.

    Attributes:
        code: Code of the region.
        name: Name of the region.
        cluster: Code of the cluster.
        jobs: Jobs with bounds.
        lq: Location quotient among clusters of the same kind.
        lq_total: Location quotient over all jobs.
        share: The region's share of the cluster's national jobs.
        share_of_region: The cluster's share of the region's jobs.
        establishments: Published establishments.
        payroll: Published annual payroll in 1,000 USD.
        classes: Named class rules that call the region strong.
        reported: Jobs of the cells that report payroll; None where a Basis did not keep them.
        rank: Place by quotient among regions of the type with jobs of the cluster; 1 is highest.
        percentile: Share of those regions whose quotient is lower.
        growth: Growth of jobs a year since ``growth_from``; None without an earlier figure.
        growth_from: The earlier year.
        jobs_created: Jobs more than then.
    """

    code: str
    name: str
    cluster: str
    jobs: Reading
    lq: Reading
    lq_total: Reading
    share: Reading
    share_of_region: float
    establishments: int
    payroll: int
    classes: tuple[str, ...]
    reported: int | None = None
    wage_jobs: int | None = None
    wage_payroll: int | None = None
    rank: int | None = None
    percentile: float | None = None
    growth: float | None = None
    growth_from: int | None = None
    jobs_created: int | None = None

    def reading(self, measure: MapMeasure) -> Reading | None:
        """Return the figure by which a map is coloured; None where there is none."""
        if measure is MapMeasure.GROWTH:
            return None if self.growth is None else exactly(self.growth)
        if measure is MapMeasure.PERCENTILE:
            return None if self.percentile is None else exactly(self.percentile)
        return {
            MapMeasure.LQ: self.lq,
            MapMeasure.LQ_TOTAL: self.lq_total,
            MapMeasure.JOBS: self.jobs,
            MapMeasure.SHARE: self.share,
            MapMeasure.SHARE_OF_REGION: exactly(self.share_of_region),
            MapMeasure.ESTABLISHMENTS: exactly(self.establishments),
            MapMeasure.WAGE: exactly(self.wage),
        }[measure]

    @property
    def wage(self) -> float:
        """Payroll of a year for each job that reports it, in dollars; nothing without any."""
        return self.pay.wage or 0.0

    @property
    def pay(self) -> Pay:
        """What is published of its pay."""
        reported = int(self.jobs.value) if self.reported is None else self.reported
        return Pay(self.payroll, reported, self.wage_jobs, self.wage_payroll)

    def css_class(self, measure: MapMeasure, end: ReadingEnd = ReadingEnd.VALUE) -> str:
        """Return the class of colour on a map."""
        reading, scale = self.reading(measure), SCALES[measure]
        if measure is MapMeasure.WAGE and self.pay.is_partial and self.wage:
            return f"{scale.css_class(self.wage, self.wage, self.wage)} {WIDE}"
        if reading is None:
            return NONE
        if end is ReadingEnd.VALUE:
            return scale.css_class(reading.low, reading.value, reading.high)
        return scale.css_class_of_end(getattr(reading, end.value), reading.high)

    @property
    def is_strong(self) -> bool:
        """Whether the incumbent's rule calls the region strong in the cluster."""
        return STRONG in self.classes

    @property
    def is_open(self) -> bool:
        """Whether the published data leave the quotient so open that we cannot tell its class."""
        return SCALES[MapMeasure.LQ].is_wide(self.lq.low, self.lq.high)


def clusters_of(basis: Basis) -> list[Cluster]:
    """Return the clusters of a Basis in the order of their definition set."""
    return list(Cluster.objects.filter(definition_set=basis.definition_set_id).order_by("position"))


def region_types_of(basis: Basis) -> list[RegionType]:
    """Return the region types for which a Basis has measures, in the order of pages."""
    rows = RegionTotal.objects.filter(basis=basis).order_by().values_list("region_type", flat=True)
    there = set(rows.distinct())
    return [region_type for region_type in DRAWN_TYPES if region_type.value in there]


def region_names(basis: Basis, region_type: RegionType) -> dict[str, str]:
    """Return the names of all regions of a type by code."""
    rows = RegionTotal.objects.filter(basis=basis, region_type=region_type.value)
    return dict(rows.order_by("name").values_list("region_code", "name"))


def figures_of_cluster(
    basis: Basis, region_type: RegionType, cluster_code: str
) -> tuple[dict[str, str], list[Figure]]:
    """Return the names of all regions of a type, and one cluster's figures where it has any."""
    names = region_names(basis, region_type)
    measures = Measure.objects.filter(
        basis=basis, region_type=region_type.value, cluster_code=cluster_code
    )
    return names, _figures(measures, names)


def figures_of_region(basis: Basis, total: RegionTotal) -> list[Figure]:
    """Return every cluster's figures in one region, the highest quotient first."""
    measures = Measure.objects.filter(
        basis=basis, region_type=total.region_type, region_code=total.region_code
    )
    figures = _figures(measures, {total.region_code: total.name})
    return sorted(figures, key=lambda figure: (-figure.lq.value, -figure.jobs.value))


def national_jobs(basis: Basis) -> dict[str, int]:
    """Return the nation's published jobs by cluster."""
    rows = Measure.objects.filter(
        basis=basis, region_type=RegionType.NATION.value, region_code=NATION_CODE
    )
    return dict(rows.values_list("cluster_code", "employment"))


def _figures(measures: Iterable[Measure], names: dict[str, str]) -> list[Figure]:
    return [_figure(measure, names.get(measure.region_code, "")) for measure in measures]


def _figure(row: Measure, name: str) -> Figure:
    per_job = row.share_of_nation / row.employment if row.employment else 0.0
    return Figure(
        code=row.region_code,
        name=name,
        cluster=row.cluster_code,
        jobs=Reading(row.employment_low, row.employment, row.employment_high),
        lq=Reading(row.lq_low, row.lq, row.lq_high),
        lq_total=Reading(row.lq_total_low, row.lq_total, row.lq_total_high),
        share=Reading(
            row.employment_low * per_job, row.share_of_nation, row.employment_high * per_job
        ),
        share_of_region=row.share_of_region,
        establishments=row.establishments,
        payroll=row.payroll,
        classes=tuple(row.classes),
        reported=row.reported,
        wage_jobs=row.wage_jobs,
        wage_payroll=row.wage_payroll,
        rank=row.rank,
        percentile=row.percentile,
        growth=row.growth,
        growth_from=row.growth_from,
        jobs_created=row.jobs_created,
    )
