"""Geography files: economic areas, CBSAs, county code changes, population."""

import re
from collections import Counter
from dataclasses import dataclass

from mapping.rules.readers.source_file import FileRefused, SourceFile
from mapping.rules.readers.tables import ParsedTable
from mapping.rules.states import STATES

_FIPS = re.compile(r"\d{5}")
_ESTIMATE = re.compile(r"popestimate(\d{4})")
NOT_A_STATE = "outside the fifty states and the District of Columbia"
STATE_LINE = "state totals"


@dataclass(frozen=True, slots=True)
class AreaCounty:
    """A county of an economic area."""

    fips: str
    county: str
    area: str
    area_name: str


@dataclass(frozen=True, slots=True)
class CbsaCounty:
    """A county of a CBSA."""

    fips: str
    cbsa: str
    cbsa_name: str
    is_metropolitan: bool


@dataclass(frozen=True, slots=True)
class CodeReplacement:
    """A later county code and the one to read it as."""

    newer: str
    older: str


@dataclass(frozen=True, slots=True)
class CountyPeople:
    """A county's population by year."""

    fips: str
    name: str
    by_year: tuple[tuple[int, int], ...]


def read_economic_areas(source: SourceFile) -> ParsedTable[AreaCounty]:
    """Counties with their economic area; each county once."""
    rows, dropped = [], Counter[str]()
    for line, row in enumerate(source.rows(), start=2):
        fips, county, area, area_name = _cells(source, line, row, 4)[:4]
        if fips[:2] not in STATES:
            dropped[NOT_A_STATE] += 1
            continue
        if not re.fullmatch(r"\d{3}", area):
            raise FileRefused(source.name, "odd_codes", [f"line {line}: area {area!r}"])
        rows.append(AreaCounty(fips, county, area, area_name))
    _refuse_repeated(source, [row.fips for row in rows])
    return ParsedTable(tuple(rows), len(rows) + dropped.total(), dict(dropped))


def read_cbsas(source: SourceFile) -> ParsedTable[CbsaCounty]:
    """Counties with their metropolitan or micropolitan area; footer lines are left out."""
    at = {name: i for i, name in enumerate(source.header)}
    kind = "metropolitan/micropolitan statistical area"
    rows, dropped = [], Counter[str]()
    for row in source.rows():
        if len(row) < len(at) or not _FIPS.fullmatch(row[at["cbsa code"]]):
            dropped["footer lines"] += 1
            continue
        fips = _joined(row, at["fips state code"], at["fips county code"])
        if fips[:2] not in STATES:
            dropped[NOT_A_STATE] += 1
            continue
        is_metropolitan = row[at[kind]].startswith("Metro") if kind in at else True
        rows.append(CbsaCounty(fips, row[at["cbsa code"]], row[at["cbsa title"]], is_metropolitan))
    _refuse_repeated(source, [row.fips for row in rows])
    return ParsedTable(tuple(rows), len(rows) + dropped.total(), dict(dropped))


def read_county_changes(source: SourceFile) -> ParsedTable[CodeReplacement]:
    """Later county codes."""
    rows = []
    for line, row in enumerate(source.rows(), start=2):
        newer, older = _cells(source, line, row, 2)[:2]
        if not _FIPS.fullmatch(older):
            raise FileRefused(source.name, "odd_codes", [f"line {line}: county {older!r}"])
        rows.append(CodeReplacement(newer, older))
    return ParsedTable(tuple(rows), len(rows), {})


def read_population(source: SourceFile) -> ParsedTable[CountyPeople]:
    """County rows with every `popestimateYYYY` column; state rows are left out."""
    at = {name: i for i, name in enumerate(source.header)}
    years = {
        int(match[1]): column for name, column in at.items() if (match := _ESTIMATE.fullmatch(name))
    }
    rows, dropped = [], Counter[str]()
    for line, row in enumerate(source.rows(), start=2):
        if row[at["sumlev"]].lstrip("0") != "50":
            dropped[STATE_LINE] += 1
            continue
        # The agency's own files have the code in two columns.
        fips = row[at["fips"]] if "fips" in at else _joined(row, at["state"], at["county"])
        cells = _cells(source, line, [fips, *row], len(at) + 1)[1:]
        by_year = tuple((year, int(cells[column])) for year, column in sorted(years.items()))
        rows.append(CountyPeople(fips, cells[at["ctyname"]], by_year))
    return ParsedTable(tuple(rows), len(rows) + dropped.total(), dict(dropped))


def _joined(row: list[str], state: int, county: int) -> str:
    """State and county code together; a spreadsheet may have taken their zeros."""
    return row[state].strip().zfill(2) + row[county].strip().zfill(3)


def _cells(
    source: SourceFile, line: int, row: list[str], least: int, fips_at: int = 0
) -> list[str]:
    if len(row) < least or not _FIPS.fullmatch(row[fips_at].strip()):
        raise FileRefused(
            source.name, "odd_codes", [f"line {line} has no five-digit county code in its place"]
        )
    return [cell.strip() for cell in row]


def _refuse_repeated(source: SourceFile, codes: list[str]) -> None:
    repeated = sorted(code for code, count in Counter(codes).items() if count > 1)
    if repeated:
        raise FileRefused(
            source.name, "repeated_county", [f"county {code} stands twice" for code in repeated]
        )
