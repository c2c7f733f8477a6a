"""Measures of one region type as the rows that are stored."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from mapping.rules.bands import BandCuts
from mapping.rules.class_rules import class_names
from mapping.rules.plan import Plan
from mapping.rules.region_measures import RegionMeasures
from mapping.rules.terms import RegionType

MEASURE_COLUMNS = (
    "region_type", "region_code", "cluster_code",
    "employment", "employment_low", "employment_certain", "employment_high",
    "rest", "rest_certain", "rest_high", "establishments", "payroll",
    "share_of_region", "share_of_nation", "lq", "lq_low", "lq_high",
    "lq_total", "lq_total_low", "lq_total_high", "classes",
)  # fmt: skip
TOTAL_COLUMNS = (
    "region_type", "region_code", "name", "employment", "traded", "local", "resource",
    "establishments", "payroll", "coverage", "band",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class RegionSet:
    """Regions of one type in row order."""

    region_type: RegionType
    codes: Sequence[str]
    names: Sequence[str]


def measure_rows(
    regions: RegionSet, measured: RegionMeasures, plan: Plan, rules: tuple[str, ...]
) -> Iterator[tuple[object, ...]]:
    """Rows in the order of MEASURE_COLUMNS; counties only where the file shows a cell."""
    jobs, here = measured.regions, measured.standing
    classes = class_names(rules, measured.lq.value, jobs.employment, jobs.establishments)
    if regions.region_type is RegionType.COUNTY:
        wanted = (jobs.establishments > 0) | (jobs.employment > 0)
    else:
        wanted = np.ones(jobs.employment.shape, dtype=bool)
    rows, columns = np.nonzero(wanted)
    numbers = (
        jobs.employment,
        np.minimum(jobs.employment, jobs.employment_certain),
        jobs.employment_certain,
        here.cluster.high.astype(np.int64),
        jobs.rest,
        jobs.rest_certain,
        here.rest.high.astype(np.int64),
        jobs.establishments,
        jobs.payroll,
        measured.share_of_region,
        measured.share_of_nation,
        measured.lq.value,
        measured.lq.certain,
        measured.lq.high,
        measured.lq_total.value,
        measured.lq_total.certain,
        measured.lq_total.high,
    )
    lists = [values[rows, columns].tolist() for values in numbers]
    codes = [cluster.code for cluster in plan.definition.clusters]
    for row, column, *values in zip(rows.tolist(), columns.tolist(), *lists, strict=True):
        yield (
            regions.region_type.value,
            regions.codes[row],
            codes[column],
            *values,
            classes[row][column],
        )


def total_rows(
    regions: RegionSet, measured: RegionMeasures, cuts: BandCuts
) -> Iterator[tuple[object, ...]]:
    """Rows in the order of TOTAL_COLUMNS."""
    jobs = measured.regions
    coverage = np.where(jobs.total > 0, jobs.shown / np.maximum(jobs.total, 1), 0.0)
    columns = (
        jobs.total, jobs.traded, jobs.local, jobs.resource,
        jobs.total_establishments, jobs.total_payroll, coverage,
    )  # fmt: skip
    lists = [values.tolist() for values in columns]
    for code, name, *values in zip(regions.codes, regions.names, *lists, strict=True):
        band = cuts.band_of(int(values[1]))
        yield (regions.region_type.value, code, name, *values, band.value)


def as_copy_line(values: Sequence[object]) -> str:
    """One line of PostgreSQL's text COPY."""
    return "\t".join(_as_copy_text(value) for value in values) + "\n"


def _as_copy_text(value: object) -> str:
    if isinstance(value, list):
        return "{" + ",".join(map(str, value)) + "}"
    if isinstance(value, str):
        return value.replace("\\", "\\\\").replace("\t", " ").replace("\n", " ")
    return repr(value)
