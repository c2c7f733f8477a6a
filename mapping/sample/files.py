"""The sample economy written as the very files that real data come in.

So it walks through the same loaders, reports and checks as real data do.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from mapping.rules.geometry import on_sheet
from mapping.rules.projection import conic_of
from mapping.rules.readers.source_file import SourceFile, open_source
from mapping.rules.topology import Topology, forward
from mapping.sample.areas import SampleCounty, sample_areas
from mapping.sample.economy import SMALLEST_PUBLISHED, Ints, SampleEconomy, invent, years_before
from mapping.sample.industries import covered_industries, starter_industries
from mapping.sample.places import CENTRES

SAMPLE_YEARS: tuple[int, ...] = (2018, 2021)
SEED = 20_060_131
HEADER = "fips,naics,est,emp,ap"


def sample_counties(topology: Topology) -> tuple[SampleCounty, ...]:
    """Return the counties of the shapes with their names, in order of their codes."""
    counties = []
    for fips, outline in sorted(on_sheet(topology).items()):
        project = conic_of(fips[:2]).projected()
        numbers = {forward(number) for ring in outline.rings for number in ring}
        points = [point for number in sorted(numbers) for point in topology.arcs[number]]
        x, y = (sum(point[axis] for point in points) / len(points) for axis in (0, 1))
        counties.append(SampleCounty(fips, outline.name, project((x, y))))
    return tuple(counties)


def sample_economy(topology: Topology, *, seed: int = SEED) -> SampleEconomy:
    """Invent the sample economy of the last year over the counties of the shapes."""
    counties = sample_counties(topology)
    return invent(counties, covered_industries(), sample_areas(counties, CENTRES), seed=seed)


@dataclass(frozen=True, slots=True)
class YearFiles:
    """The texts of both county files of one year."""

    year: int
    cells: SourceFile
    totals: SourceFile


def definition_sheet() -> SourceFile:
    """Write the starter set as a definition sheet: every NAICS 2017 code once."""
    header = ("cluster_code", "cluster", "kind", "sub_cluster_code", "sub_cluster", "naics2017")
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(header)
    writer.writerows(
        (i.cluster_code, i.cluster, i.kind, i.sub_cluster_code, i.sub_cluster, i.code)
        for i in starter_industries()
    )
    return open_source("starter_set.csv", text.getvalue().encode())


def sample_files(economy: SampleEconomy, *, seed: int = SEED) -> Iterator[YearFiles]:
    """Write the economy year by year, the first year first."""
    last = SAMPLE_YEARS[-1]
    for year in SAMPLE_YEARS[:-1]:
        yield year_files(years_before(economy, last - year, seed=seed + year), year)
    yield year_files(economy, last)


def year_files(economy: SampleEconomy, year: int) -> YearFiles:
    """Write one year as files; what is small stays out of them, as in the real ones."""
    codes = np.array([industry.code for industry in economy.industries])
    order = np.argsort(codes)
    groups = np.array([code[:4] for code in codes[order]])
    names, starts = np.unique(groups, return_index=True)
    leaves = [table[:, order] for table in (economy.establishments, economy.jobs, economy.payroll)]
    parents = [np.add.reduceat(table, starts, axis=1) for table in leaves]
    return YearFiles(
        year=year,
        cells=_cells(f"sample_naics6_{year}.csv", economy, codes[order].tolist(), leaves),
        totals=_cells(f"sample_naics4_{year}.csv", economy, names.tolist(), parents),
    )


def _cells(
    name: str, economy: SampleEconomy, codes: Sequence[str], tables: Sequence[Ints]
) -> SourceFile:
    """Write the published cells: those of fewer than three establishments are left out."""
    fips = [county.fips for county in economy.counties]
    rows, columns = np.nonzero(tables[0] >= SMALLEST_PUBLISHED)
    numbers = (table[rows, columns].tolist() for table in tables)
    lines = [
        f"{fips[row]},{codes[column]},{places},{jobs},{payroll}"
        for row, column, places, jobs, payroll in zip(
            rows.tolist(), columns.tolist(), *numbers, strict=True
        )
    ]
    return open_source(name, "\n".join([HEADER, *lines, ""]).encode())
