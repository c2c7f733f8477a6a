"""Files of cells: which reader a layout has, and the releases that come of it.

Called by load_source inside its transaction.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from mapping.actions.load_release import ReleaseFile, already_loaded, load_release
from mapping.actions.store_geography import store_known_changes
from mapping.queries.known_codes import known_for_counties, known_for_states
from mapping.queries.loaded import loaded_years, qcew_releases
from mapping.rules.load_reports import PASSED_OVER, LoadReport
from mapping.rules.readers.cbp_eras import suppression_of
from mapping.rules.readers.cbp_files import read_cbp
from mapping.rules.readers.county_cells import read_county_cells
from mapping.rules.readers.layouts import Layout, year_in_name
from mapping.rules.readers.qcew_files import SOURCE as QCEW_SOURCE
from mapping.rules.readers.qcew_files import SUPPRESSION as QCEW_SUPPRESSION
from mapping.rules.readers.qcew_files import read_qcew
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
CBP_UNITS = {
    Layout.CBP_COUNTIES: "county",
    Layout.CBP_STATES: "state",
    Layout.CBP_NATION: "nation",
}


@dataclass(frozen=True, slots=True)
class CellFile:
    """A file of cells on its way in."""

    actor: Actor
    at: datetime
    source: SourceFile
    layout: Layout
    year: int | None

    def data_year(self) -> int:
        """The year that was said, or that the name tells; both must agree."""
        told = year_in_name(self.source)
        if self.year is not None and told is not None and self.year != told:
            raise FileRefused(
                self.source.name,
                "wrong_year",
                [f"its name says {told}, and the year was said to be {self.year}"],
            )
        year = self.year or told
        if year is None:
            raise FileRefused(
                self.source.name, "no_year", ["its name does not tell the year; say it with --year"]
            )
        return year

    def release_file(
        self, unit: str, suppression: str, *, kind: str = "", publisher: str = CENSUS
    ) -> ReleaseFile:
        """How its release is described."""
        return ReleaseFile(
            name=self.source.name,
            digest=self.source.digest,
            kind=kind or self.layout.value,
            source=publisher,
            unit=unit,
            suppression=suppression,
        )


def load_county_extract(file: CellFile) -> list[LoadReport]:
    """The long county extracts."""
    year = file.data_year()
    there = loaded_years(file.layout.value, file.source.digest)
    if year in there:
        return [already_loaded(there[year])]
    parsed = read_county_cells(file.source, year, known_for_counties())
    is_noisy = year >= FIRST_YEAR_WITHOUT_WITHHELD
    described = file.release_file("county", NOISE if is_noisy else WITHHELD)
    return [load_release(actor=file.actor, at=file.at, file=described, parsed=parsed)]


def load_state_extract(file: CellFile) -> list[LoadReport]:
    """The state extract of several years."""
    there = loaded_years(file.layout.value, file.source.digest)
    if there:
        return [already_loaded(release) for release in there.values()]
    years, left_out = read_state_cells(file.source, known_for_states())
    described = file.release_file("state", FLAGGED)
    reports = [
        load_release(actor=file.actor, at=file.at, file=described, parsed=parsed)
        for parsed in years
    ]
    skipped = [
        LoadReport(
            name=file.source.name,
            kind=file.layout.value,
            status=PASSED_OVER,
            year=year,
            notes=[f"{year} was left out: {why}."],
        )
        for year, why in left_out.items()
    ]
    return [*skipped, *reports]


def load_cbp(file: CellFile) -> list[LoadReport]:
    """A county, state or US file as Census publishes it: cells, and the totals above them."""
    year, unit = file.data_year(), CBP_UNITS[file.layout]
    kinds = [f"{file.layout.value}, {digits} digits" for digits in (4, 6)]
    there = [loaded_years(kind, file.source.digest).get(year) for kind in kinds]
    if there[-1] is not None:
        return [already_loaded(release) for release in there if release is not None]
    known = known_for_counties() if unit == "county" else known_for_states()
    found = read_cbp(file.source, unit, year, known)
    store_known_changes(found.cells.mapped_regions)
    return [
        load_release(
            actor=file.actor,
            at=file.at,
            file=file.release_file(unit, suppression_of(year, unit), kind=kind),
            parsed=parsed,
        )
        for kind, parsed in zip(kinds, (found.totals, found.cells), strict=True)
        if parsed is not None
    ]


def load_qcew(file: CellFile) -> list[LoadReport]:
    """QCEW annual averages: cells and totals of every kind of area that the file holds."""
    there = qcew_releases(file.layout.value, file.source.digest)
    told = file.year or year_in_name(file.source)
    if there and told in {None, there[0].year}:
        return [already_loaded(release) for release in there]
    counties, states = known_for_counties(), known_for_states()
    known = {"county": counties, "state": states, "nation": states, "cbsa": states}
    reports = []
    for unit, found in read_qcew(file.source, known).items():
        if told is not None and found.cells.year != told:
            raise FileRefused(
                file.source.name,
                "wrong_year",
                [f"its rows are of {found.cells.year}, and the year was said to be {told}"],
            )
        store_known_changes(found.cells.mapped_regions)
        reports += [
            load_release(
                actor=file.actor,
                at=file.at,
                file=file.release_file(
                    unit,
                    QCEW_SUPPRESSION,
                    kind=f"{file.layout.value}, {unit}, {digits} digits",
                    publisher=QCEW_SOURCE,
                ),
                parsed=parsed,
            )
            for digits, parsed in ((4, found.totals), (6, found.cells))
            if parsed is not None
        ]
    return reports


CELL_LOADERS: dict[Layout, Callable[[CellFile], list[LoadReport]]] = {
    Layout.COUNTY_TOTALS: load_county_extract,
    Layout.COUNTY_CELLS: load_county_extract,
    Layout.STATE_CELLS: load_state_extract,
    Layout.CBP_COUNTIES: load_cbp,
    Layout.CBP_STATES: load_cbp,
    Layout.CBP_NATION: load_cbp,
    Layout.QCEW: load_qcew,
}
