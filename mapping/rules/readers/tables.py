"""Code lists: NAICS titles, a publisher's titles, concordances."""

import re
from dataclasses import dataclass
from typing import Generic, TypeVar

from mapping.rules.readers.layouts import concordance_years, published_vintage, year_in_name
from mapping.rules.readers.source_file import FileRefused, SourceFile

_INDUSTRY = re.compile(r"\d{2,6}")
Row = TypeVar("Row")


@dataclass(frozen=True)
class ParsedTable(Generic[Row]):
    """Checked rows and how many were read and left out, with the reason."""

    rows: tuple[Row, ...]
    rows_read: int
    dropped: dict[str, int]


@dataclass(frozen=True, slots=True)
class CodeTitle:
    """A code and its title."""

    code: str
    title: str


@dataclass(frozen=True, slots=True)
class CodeChange:
    """One row of a concordance."""

    old_code: str
    new_code: str
    piece: str


def read_industries(source: SourceFile) -> tuple[int, ParsedTable[CodeTitle]]:
    """A NAICS list; its vintage is in the file's name."""
    published = published_vintage(source)
    if published is not None:
        return published, _titles(source, first=1)
    vintage = year_in_name(source)
    if vintage is None:
        raise FileRefused(
            source.name, "no_year", ["its name does not tell the NAICS year (naics_2017.csv)"]
        )
    return vintage, _titles(source)


def read_publisher_titles(source: SourceFile) -> ParsedTable[CodeTitle]:
    """Titles as a publisher prints them; padding is taken off, the total row left out."""
    return _titles(source)


def _titles(source: SourceFile, first: int = 0) -> ParsedTable[CodeTitle]:
    rows, seen, read = [], set(), 0
    for row in source.rows():
        read += 1
        code = row[first].strip().rstrip("-/") if len(row) > first + 1 else ""
        if not _INDUSTRY.fullmatch(code) or code in seen:
            continue
        seen.add(code)
        rows.append(CodeTitle(code, row[first + 1].strip()))
    if not rows:
        raise FileRefused(source.name, "no_rows", ["no row has a code of two to six digits"])
    return ParsedTable(
        tuple(rows), read, _left_out(read - len(rows), "sector ranges and repeated codes")
    )


def read_changes(source: SourceFile) -> tuple[int, int, ParsedTable[CodeChange]]:
    """A concordance: old and new vintage, and one row per piece."""
    old, new = concordance_years(source)
    rows, read = [], 0
    for row in source.rows():
        read += 1
        if len(row) >= 3 and _INDUSTRY.fullmatch(row[0]) and _INDUSTRY.fullmatch(row[2]):
            rows.append(CodeChange(row[0], row[2], row[1].strip()))
    return (
        old,
        new,
        ParsedTable(tuple(rows), read, _left_out(read - len(rows), "rows without codes")),
    )


def _left_out(count: int, reason: str) -> dict[str, int]:
    return {reason: count} if count else {}
