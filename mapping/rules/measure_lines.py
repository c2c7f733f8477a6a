"""Measures of one region type as the lines that are stored."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from mapping.rules.bands import BandCuts
from mapping.rules.class_rules import Standing, class_texts
from mapping.rules.grouping import Bools
from mapping.rules.panel import Ints
from mapping.rules.plan import Floats, Plan
from mapping.rules.region_measures import RegionMeasures
from mapping.rules.standings import Before, Change, change_since, standings
from mapping.rules.sub_definitions import is_rest
from mapping.rules.terms import Band, RegionType

MEASURE_COLUMNS = (
    "region_type", "region_code", "cluster_code",
    "employment", "employment_low", "employment_certain", "employment_high",
    "rest", "rest_certain", "rest_high", "reported",
    "establishments", "establishments_certain", "establishments_high", "payroll",
    "wage_jobs", "wage_payroll",
    "share_of_region", "share_of_nation", "lq", "lq_low", "lq_high",
    "lq_total", "lq_total_low", "lq_total_high",
    "rank", "percentile", "growth", "growth_from", "jobs_created", "classes",
)  # fmt: skip
TOTAL_COLUMNS = (
    "region_type", "region_code", "name", "employment", "traded", "local", "resource",
    "establishments", "payroll", "coverage", "band",
)  # fmt: skip

NOTHING = "\\N"


@dataclass(frozen=True, slots=True)
class Judge:
    """By which rules, and with which size bands, regions are called strong."""

    rules: tuple[str, ...]
    cuts: BandCuts


@dataclass(frozen=True, slots=True)
class RegionSet:
    """Regions of one type in row order, with their year and the jobs that they had before."""

    region_type: RegionType
    codes: Sequence[str]
    names: Sequence[str]
    year: int
    before: Before | None = None


def measure_lines(
    regions: RegionSet, measured: RegionMeasures, plan: Plan, judge: Judge
) -> Iterator[str]:
    """Lines of PostgreSQL's text COPY in the order of MEASURE_COLUMNS.

    Counties have a line only where the file shows a cell. Whole columns are turned into text at
    once: a call per cell would take longer than everything before it.
    """
    jobs = measured.regions
    change = change_since(regions.before, regions.year, jobs.employment) if regions.before else None
    rules = () if regions.region_type is RegionType.NATION else judge.rules
    numbers, texts = class_texts(rules, _standing(measured, change, judge.cuts))
    if regions.region_type is RegionType.COUNTY:
        wanted = (jobs.establishments > 0) | (jobs.employment > 0)
    else:
        wanted = np.ones(jobs.employment.shape, dtype=bool)
    clusters = [cluster.code for cluster in plan.definition.clusters]
    wanted &= np.array([not is_rest(code) for code in clusters], dtype=bool)
    rows, columns = np.nonzero(wanted)
    yield from _lines(
        [
            [regions.region_type.value] * len(rows),
            [regions.codes[row] for row in rows.tolist()],
            [clusters[column] for column in columns.tolist()],
            *(map(str, values[rows, columns].tolist()) for values in _figures(measured)),
            *_standing_texts(measured, (rows, columns)),
            *_change_texts(regions.before, change, (rows, columns)),
            [texts[number] for number in numbers[rows, columns].tolist()],
        ]
    )


def _figures(measured: RegionMeasures) -> tuple[Ints | Floats, ...]:
    """Counts, then ratios, by region and cluster."""
    jobs, here = measured.regions, measured.standing
    return (
        jobs.employment,
        np.minimum(jobs.employment, jobs.employment_certain),
        jobs.employment_certain,
        here.cluster.high.astype(np.int64),
        jobs.rest,
        jobs.rest_certain,
        here.rest.high.astype(np.int64),
        jobs.reported,
        jobs.establishments,
        jobs.establishments_certain,
        jobs.establishments_high,
        jobs.payroll,
        jobs.wage_jobs,
        jobs.wage_payroll,
        measured.share_of_region,
        measured.share_of_nation,
        measured.lq.value,
        measured.lq.certain,
        measured.lq.high,
        measured.lq_total.value,
        measured.lq_total.certain,
        measured.lq_total.high,
    )


def _standing(measured: RegionMeasures, change: Change | None, cuts: BandCuts) -> Standing:
    """What class rules may ask; where nothing is known there is no number."""
    jobs = measured.regions
    bands = list(Band)
    reported = np.where(jobs.reported > 0, jobs.reported, np.nan)
    growth = (
        np.where(change.has_growth, change.growth, np.nan)
        if change
        else np.full(jobs.employment.shape, np.nan)
    )
    return Standing(
        lq=measured.lq.value,
        employment=jobs.employment,
        establishments=jobs.establishments,
        wage=jobs.payroll / reported,
        growth=growth,
        band=np.array([bands.index(cuts.band_of(traded)) for traded in jobs.traded.tolist()]),
    )


def _standing_texts(measured: RegionMeasures, where: tuple[Ints, Ints]) -> list[list[str]]:
    """Rank and percentile."""
    stand = standings(measured.lq.value, measured.regions.employment)
    return [
        _texts(stand.rank[where], stand.has_rank[where]),
        _texts(stand.percentile[where], stand.has_rank[where]),
    ]


def _change_texts(
    before: Before | None, change: Change | None, where: tuple[Ints, Ints]
) -> list[list[str]]:
    """Growth, the year it is counted from, and jobs created."""
    if before is None or change is None:
        return [[NOTHING] * len(where[0])] * 3
    known = change.is_known[where]
    return [
        _texts(change.growth[where], change.has_growth[where]),
        _texts(np.full(len(known), before.year), known),
        _texts(change.created[where], known),
    ]


def _texts(values: Ints | Floats, is_known: Bools) -> list[str]:
    return [
        str(value) if there else NOTHING
        for value, there in zip(values.tolist(), is_known.tolist(), strict=True)
    ]


def total_lines(regions: RegionSet, measured: RegionMeasures, cuts: BandCuts) -> Iterator[str]:
    """Lines in the order of TOTAL_COLUMNS."""
    jobs = measured.regions
    coverage = np.where(jobs.total > 0, jobs.shown / np.maximum(jobs.total, 1), 0.0)
    columns = (
        jobs.total, jobs.traded, jobs.local, jobs.resource,
        jobs.total_establishments, jobs.total_payroll, coverage,
    )  # fmt: skip
    yield from _lines(
        [
            [regions.region_type.value] * len(regions.codes),
            regions.codes,
            [_escaped(name) for name in regions.names],
            *(map(str, values.tolist()) for values in columns),
            [cuts.band_of(traded).value for traded in jobs.traded.tolist()],
        ]
    )


def _lines(columns: Sequence[Iterable[str]]) -> Iterator[str]:
    return map("\t".join, zip(*columns, strict=True))


def _escaped(text: str) -> str:
    return text.replace("\\", "\\\\").replace("\t", " ").replace("\n", " ")
