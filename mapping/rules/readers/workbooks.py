"""Spreadsheets of the agencies (xls, xlsx) as the CSV that they would be saved as.

The first sheet with a table counts; its rows begin at the header, the first row with three filled
cells. What is taken is bounded: the rows, the columns, and what a packed workbook unpacks to.
"""

import csv
import io
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice

import openpyxl
import xlrd

MOST_ROWS, MOST_COLUMNS, MOST_SHEETS = 50_000, 60, 8
TITLE_ROWS, HEADER_CELLS = 10, 3
_OLE = b"\xd0\xcf\x11\xe0"
_NO_TABLE = "no sheet of the workbook begins with a table"

Row = Sequence[object]


class UnreadableWorkbook(Exception):
    """Damaged, too large, or without a table."""


def is_old_workbook(start: bytes) -> bool:
    """Whether the first bytes are those of an xls file."""
    return start.startswith(_OLE)


def is_workbook(members: Iterable[str]) -> bool:
    """Whether a zip's members are those of an xlsx file."""
    return "xl/workbook.xml" in members


def as_csv(data: bytes, *, most_unpacked: int) -> bytes:
    """The table of the first sheet that has one."""
    sheets = _old_sheets(data) if is_old_workbook(data) else _new_sheets(data, most_unpacked)
    try:
        for rows in sheets:
            table = _table(rows)
            if table:
                return _written(table)
    except UnreadableWorkbook:
        raise
    except Exception as error:
        # Both libraries meet a damaged workbook with whatever they stumble over.
        raise UnreadableWorkbook("the workbook is damaged or not a workbook") from error
    raise UnreadableWorkbook(_NO_TABLE)


def _old_sheets(data: bytes) -> Iterator[Iterator[Row]]:
    with xlrd.open_workbook(
        file_contents=data, on_demand=True, formatting_info=False, logfile=io.StringIO()
    ) as book:
        for number in range(min(book.nsheets, MOST_SHEETS)):
            sheet = book.sheet_by_index(number)
            yield (sheet.row_values(at, 0, MOST_COLUMNS) for at in range(sheet.nrows))


def _new_sheets(data: bytes, most_unpacked: int) -> Iterator[Iterator[Row]]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        # The sizes that the archive states are those at which its readers stop.
        if sum(info.file_size for info in archive.infolist()) > most_unpacked:
            raise UnreadableWorkbook("the workbook unpacks to far more than a table needs")
    book = openpyxl.load_workbook(io.BytesIO(data), read_only=True, data_only=True)
    try:
        for sheet in book.worksheets[:MOST_SHEETS]:
            yield sheet.iter_rows(values_only=True, max_col=MOST_COLUMNS)
    finally:
        book.close()


def _table(rows: Iterator[Row]) -> list[list[str]]:
    texts = ([_text(cell) for cell in row] for row in rows)
    for row in islice(texts, TITLE_ROWS):
        if sum(map(bool, row)) >= HEADER_CELLS:
            width = max(at for at, cell in enumerate(row) if cell) + 1
            table = [row[:width], *(found[:width] for found in islice(texts, MOST_ROWS + 1))]
            if len(table) > MOST_ROWS + 1:
                raise UnreadableWorkbook(f"the sheet has more than {MOST_ROWS:,} rows")
            return [found for found in table if any(found)]
    return []


def _text(cell: object) -> str:
    if cell is None:
        return ""
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return str(cell).strip()


def _written(table: list[list[str]]) -> bytes:
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerows(table)
    return text.getvalue().encode()
