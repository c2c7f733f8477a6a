"""A workbook with typed cells; a second sheet says what the columns mean."""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter

from records.rules.cells import clean, is_formula_like
from records.rules.tables import Column, Kind, Table

LONGEST_CELL = 32_767  # a workbook holds no longer text
CUT = "... (cut here; the CSV file has the whole text)"
ROWS_A_SHEET = 1_048_575  # and one line for the names
WIDTHS = {Kind.TEXT: 28, Kind.DAY: 12, Kind.MOMENT: 20, Kind.MONEY: 16}
FORMATS = {
    Kind.WHOLE: "0",
    Kind.MONEY: "#,##0.00;[Red]-#,##0.00",
    Kind.DAY: "yyyy-mm-dd",
    Kind.MOMENT: "yyyy-mm-dd hh:mm:ss",
}
BOLD = Font(bold=True)
WRAPPED = Alignment(wrap_text=True, vertical="top")


def workbook_bytes(table: Table) -> bytes:
    """Return the file; rows go to disk as they are read, not into memory."""
    book = Workbook(write_only=True)
    rows = iter(table.rows)
    number, is_full = 1, True
    while is_full:
        sheet = book.create_sheet("Rows" if number == 1 else f"Rows {number}")
        is_full = _fill(sheet, table.columns, rows)
        number += 1
    _about(book.create_sheet("About"), table)
    written = io.BytesIO()
    book.save(written)
    return written.getvalue()


def _fill(sheet: Any, columns: Sequence[Column], rows: Iterator[Sequence[object]]) -> bool:  # noqa: ANN401 - openpyxl's sheet
    """Write one sheet; tell whether it is full."""
    sheet.freeze_panes = "A2"
    for place, column in enumerate(columns, 1):
        sheet.column_dimensions[get_column_letter(place)].width = WIDTHS.get(column.kind, 14)
    sheet.append([_text(sheet, column.name, BOLD) for column in columns])
    written = 0
    for row in rows:
        cells = zip(row, columns, strict=True)
        sheet.append([_cell(sheet, cell, column.kind) for cell, column in cells])
        written += 1
        if written == ROWS_A_SHEET:
            break
    sheet.auto_filter.ref = f"A1:{get_column_letter(len(columns))}{written + 1}"
    return written == ROWS_A_SHEET


def _about(sheet: Any, table: Table) -> None:  # noqa: ANN401
    sheet.column_dimensions["A"].width = 28
    sheet.column_dimensions["B"].width = 22
    sheet.column_dimensions["C"].width = 90
    sheet.append([_text(sheet, table.title, BOLD)])
    for line in (f"Source: {table.source}", *table.notes):
        sheet.append([_text(sheet, line)])
    sheet.append([])
    sheet.append([_text(sheet, name, BOLD) for name in ("Column", "Holds", "Means")])
    for column in table.columns:
        words = (column.name, column.kind.value, column.meaning)
        sheet.append([_text(sheet, word) for word in words])


def _cell(sheet: Any, cell: object, kind: Kind) -> Any:  # noqa: ANN401
    if cell is None or cell == "":
        return None
    if isinstance(cell, str):
        return _text(sheet, cell)
    if isinstance(cell, datetime):
        cell = cell.astimezone(UTC).replace(tzinfo=None, microsecond=0)
    if not isinstance(cell, bool | int | float | Decimal | date):
        return _text(sheet, str(cell))
    written: Any = cell  # openpyxl takes more than its stubs say
    made: Any = WriteOnlyCell(sheet, value=written)
    if kind in FORMATS:
        made.number_format = FORMATS[kind]
    return made


def _text(sheet: Any, text: str, font: Font | None = None) -> Any:  # noqa: ANN401
    """Text as text: the type is set by hand, since openpyxl reads "=1" as a formula."""
    words = clean(text).replace("\r\n", "\n").replace("\r", "\n")
    if len(words) > LONGEST_CELL:
        words = words[: LONGEST_CELL - len(CUT)] + CUT
    made: Any = WriteOnlyCell(sheet, value="")
    made._value, made.data_type = words, "s"  # noqa: SLF001 - the setter would guess a formula
    if font is not None:
        made.font = font
    if is_formula_like(words):
        made.quotePrefix = True  # editing the cell must not turn it into a formula either
    if "\n" in words:
        made.alignment = WRAPPED
    return made
