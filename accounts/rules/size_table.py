"""The official table of size standards as a CSV file, read line by line.

Two layouts: our own (``naics,measure,limit,note``; dollars and people in full), and the sheet that
the Small Business Administration publishes, saved as CSV, whose dollars are in millions.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

from accounts.rules.size_class import Measure

OWN_COLUMNS = ("naics", "measure", "limit")
_MILLION = 1_000_000
_LARGEST = 10**12
_NAICS = re.compile(r"[0-9]{6}")
_EMPTY = {"", "-", "\N{EN DASH}", "n/a"}


class UnreadableTableError(ValueError):
    """Raised when a table cannot be loaded whole; the message is for people."""


@dataclass(frozen=True, slots=True)
class TableLine:
    """One industry's limit."""

    naics: str
    measure: Measure
    limit: int
    note: str = ""


def read_size_table(text: str) -> list[TableLine]:
    """Return the lines of a table, in the order of their codes.

    Raises:
        UnreadableTableError: unknown columns, a line that cannot be read, a code twice.
    """
    reader = csv.DictReader(io.StringIO(text.lstrip("\ufeff"), newline=""))
    header = {" ".join((name or "").casefold().split()): name for name in reader.fieldnames or []}
    found: dict[str, TableLine] = {}
    for cells in reader:
        for line in _lines(cells, header, reader.line_num):
            if line.naics in found:
                raise UnreadableTableError(
                    f"Line {reader.line_num}: NAICS {line.naics} stands there twice."
                )
            found[line.naics] = line
    if not found:
        raise UnreadableTableError("The file holds no size standard.")
    return [found[naics] for naics in sorted(found)]


def _lines(
    cells: Mapping[str, str | None], header: Mapping[str, str], number: int
) -> Iterator[TableLine]:
    if set(OWN_COLUMNS) <= set(header):
        yield _own(cells, header, number)
        return
    naics, money, people = (_column(header, word) for word in ("naics codes", "millions", "number"))
    code = (cells.get(naics) or "").strip()
    # Sector headings and exceptions ("541330_Except") are left out: a person judges those.
    if not _NAICS.fullmatch(code):
        return
    footnote = (cells.get(header.get("footnotes", "")) or "").strip()
    note = f"Read {footnote} of the table." if footnote else ""
    in_millions, employees = (cells.get(money) or "").strip(), (cells.get(people) or "").strip()
    if in_millions.casefold() not in _EMPTY:
        limit = _number(in_millions, number, _MILLION)
        yield TableLine(code, Measure.RECEIPTS, limit, note)
    elif employees.casefold() not in _EMPTY:
        yield TableLine(code, Measure.EMPLOYEES, _number(employees, number), note)


def _own(cells: Mapping[str, str | None], header: Mapping[str, str], number: int) -> TableLine:
    value = {name: (cells.get(column) or "").strip() for name, column in header.items()}
    if not _NAICS.fullmatch(value["naics"]):
        raise UnreadableTableError(f"Line {number}: “{value['naics']}” is not a six-digit code.")
    try:
        measure = Measure(value["measure"].casefold())
    except ValueError as error:
        raise UnreadableTableError(
            f"Line {number}: the measure is “employees” or “receipts”."
        ) from error
    return TableLine(
        value["naics"], measure, _number(value["limit"], number), value.get("note", "")
    )


def _column(header: Mapping[str, str], word: str) -> str:
    found = [column for name, column in header.items() if word in name]
    if not found:
        raise UnreadableTableError(
            "The first line must name the columns naics, measure and limit, or be that of the "
            f"official table. No column names “{word}”."
        )
    return found[0]


def _number(text: str, line: int, unit: int = 1) -> int:
    try:
        amount = Decimal(text.replace(",", "").replace("$", "")) * unit
    except InvalidOperation as error:
        raise UnreadableTableError(f"Line {line}: “{text}” is not a number.") from error
    if not amount.is_finite() or amount != int(amount) or not 0 < amount < _LARGEST:
        raise UnreadableTableError(f"Line {line}: “{text}” is not a limit.")
    return int(amount)
