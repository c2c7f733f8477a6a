"""Load one recognised file: read it, check it, store it; all of it or nothing."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from mapping.actions.load_definitions import load_definitions
from mapping.actions.load_reference import load_reference
from mapping.actions.load_release import ReleaseFile, already_loaded, load_release
from mapping.queries.known_codes import known_for_counties, known_for_states, known_industries
from mapping.queries.loaded import loaded_years
from mapping.rules.load_reports import LoadReport
from mapping.rules.readers.county_cells import read_county_cells
from mapping.rules.readers.layouts import Layout, year_in_name
from mapping.rules.readers.sheets import read_sheet
from mapping.rules.readers.source_file import FileRefused, SourceFile
from mapping.rules.readers.state_cells import read_state_cells
from trail.actors import Actor

CENSUS = "County Business Patterns, U.S. Census Bureau"
NOISE = (
    "Cells with fewer than three establishments are left out; employment and payroll carry a "
    "small random noise."
)
WITHHELD = (
    "Cells with fewer than three establishments are left out; cells that could identify a firm "
    "are withheld and show zero."
)
FLAGGED = "Cells that could identify a firm are withheld and carry an employment size class."
FIRST_YEAR_WITHOUT_WITHHELD = 2018


@transaction.atomic
def load_source(
    *, actor: Actor, at: datetime, source: SourceFile, layout: Layout, year: int | None = None
) -> list[LoadReport]:
    """Load a file of one layout; a file of several years makes one release per year.

    Args:
        actor: Who loads.
        at: When.
        source: The file.
        layout: What it was recognised as.
        year: The year of the data, where the file's name does not tell it.
    """
    if layout in {Layout.COUNTY_CELLS, Layout.COUNTY_TOTALS}:
        return [_load_counties(actor, at, source, layout, year)]
    if layout is Layout.STATE_CELLS:
        return _load_states(actor, at, source)
    if layout is Layout.DEFINITIONS:
        parsed = read_sheet(source, known_industries())
        return [load_definitions(actor=actor, at=at, name=source.stem, parsed=parsed)]
    return [load_reference(actor=actor, at=at, source=source, layout=layout)]


def _load_counties(
    actor: Actor, at: datetime, source: SourceFile, layout: Layout, year: int | None
) -> LoadReport:
    data_year = year or year_in_name(source)
    if data_year is None:
        raise FileRefused(
            source.name, "no_year", ["its name does not tell the year; say it with --year"]
        )
    there = loaded_years(layout.value, source.digest)
    if data_year in there:
        return already_loaded(there[data_year])
    parsed = read_county_cells(source, data_year, known_for_counties())
    is_noisy = data_year >= FIRST_YEAR_WITHOUT_WITHHELD
    file = _release_file(source, layout, "county", NOISE if is_noisy else WITHHELD)
    return load_release(actor=actor, at=at, file=file, parsed=parsed)


def _load_states(actor: Actor, at: datetime, source: SourceFile) -> list[LoadReport]:
    there = loaded_years(Layout.STATE_CELLS.value, source.digest)
    if there:
        return [already_loaded(release) for release in there.values()]
    years, left_out = read_state_cells(source, known_for_states())
    file = _release_file(source, Layout.STATE_CELLS, "state", FLAGGED)
    reports = [load_release(actor=actor, at=at, file=file, parsed=parsed) for parsed in years]
    skipped = [
        LoadReport(
            name=source.name,
            kind=Layout.STATE_CELLS.value,
            status="passed over",
            year=year,
            notes=[f"{year} was left out: {why}."],
        )
        for year, why in left_out.items()
    ]
    return [*skipped, *reports]


def _release_file(source: SourceFile, layout: Layout, unit: str, suppression: str) -> ReleaseFile:
    return ReleaseFile(
        name=source.name,
        digest=source.digest,
        kind=layout.value,
        source=CENSUS,
        unit=unit,
        suppression=suppression,
    )
