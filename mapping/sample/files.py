"""The sample economy written as the very files that real data come in.

So it walks through the same loaders, reports and checks as real data do.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from mapping.rules.geometry import on_sheet
from mapping.rules.projection import conic_of
from mapping.rules.readers.source_file import SourceFile, open_source
from mapping.rules.topology import Topology, forward
from mapping.sample.areas import SampleCounty, sample_areas
from mapping.sample.economy import SMALLEST_PUBLISHED, Ints, SampleEconomy, invent
from mapping.sample.industries import parent_codes, starter_industries
from mapping.sample.places import CENTRES

SAMPLE_YEAR = 2021
SEED = 20_060_131


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
    """Invent the sample economy over the counties of the shapes."""
    counties = sample_counties(topology)
    return invent(counties, starter_industries(), sample_areas(counties, CENTRES), seed=seed)


@dataclass(frozen=True, slots=True)
class SampleFiles:
    """The texts of the sample's files: the definition sheet and both county files."""

    definitions: SourceFile
    cells: SourceFile
    totals: SourceFile


def sample_files(economy: SampleEconomy) -> SampleFiles:
    """Write the economy as files; what is small stays out of them, as in the real ones."""
    year, codes = SAMPLE_YEAR, [industry.code for industry in economy.industries]
    groups = [code[:4] for code in codes]
    sheet = ((i.cluster_code, i.cluster, i.kind, i.code) for i in economy.industries)
    return SampleFiles(
        definitions=_file(
            "starter_set.csv", ("cluster_code", "cluster", "kind", "naics2017"), sheet
        ),
        cells=_file(f"sample_naics6_{year}.csv", CELLS, _cells(economy, codes, codes)),
        totals=_file(
            f"sample_naics4_{year}.csv",
            CELLS,
            _cells(economy, groups, parent_codes(economy.industries)),
        ),
    )


CELLS = ("fips", "naics", "est", "emp", "ap")


def _file(name: str, header: Sequence[str], rows: Iterable[Sequence[Any]]) -> SourceFile:
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(header)
    writer.writerows(rows)
    return open_source(name, text.getvalue().encode())


def _cells(
    economy: SampleEconomy, column_codes: Sequence[str], codes: Sequence[str]
) -> Iterator[tuple[str, str, int, int, int]]:
    """Yield the published cells: columns of equal code are one cell; small cells are left out."""
    position = {code: at for at, code in enumerate(codes)}
    into = np.zeros((len(column_codes), len(codes)), dtype=np.int64)
    for at, code in enumerate(column_codes):
        into[at, position[code]] = 1
    establishments, jobs, payroll = (
        _summed(cells, into) for cells in (economy.establishments, economy.jobs, economy.payroll)
    )
    for county, column in np.argwhere(establishments >= SMALLEST_PUBLISHED).tolist():
        yield (
            economy.counties[county].fips,
            codes[column],
            int(establishments[county, column]),
            int(jobs[county, column]),
            int(payroll[county, column]),
        )


def _summed(cells: Ints, into: Ints) -> Ints:
    summed: Ints = cells @ into
    return summed
