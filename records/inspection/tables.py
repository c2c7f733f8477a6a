"""CSV tables: readable text in lines and cells, and whether a spreadsheet would calculate."""

from __future__ import annotations

import codecs
import csv
import io
import re
from collections.abc import Iterator

from records.inspection.disguises import looks_like
from records.inspection.results import Inspected, unfit
from records.rules.files import MEDIA_TYPES, FileKind, content_differs

_CONTROLS = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff]")
_DISGUISES = ("<", "%PDF", "{\\rtf", "#!", "%!PS", "MIME-Version:")
_FORMULA = re.compile(r"[=+\-@\t\r]")
_NUMBER = re.compile(r"[+-]?[\d.,\s]*%?")
_LONGEST_CELL = 100_000


def inspect_table(data: bytes) -> Inspected:
    """Read a table to its end.

    Raises:
        Refused: ``text_unreadable``, ``content_differs``, ``table_unreadable``.
    """
    text = decoded(data)
    if text.lstrip().startswith(_DISGUISES):
        refusal = content_differs(FileKind.CSV, looks_like(text.lstrip().encode()))
        raise unfit(refusal.code, refusal.sentence)
    try:
        has_formulas = any(is_formula(cell) for row in rows_of(text) for cell in row)
    except csv.Error as error:
        raise unfit(
            "table_unreadable",
            "We cannot read this table: a cell is very long or a quotation mark is not closed. "
            "Open it in a spreadsheet, save it as CSV again, and upload that.",
        ) from error
    return Inspected(MEDIA_TYPES[FileKind.CSV], has_formulas=has_formulas)


def decoded(data: bytes) -> str:
    """Return the text of a table in UTF-8, UTF-16 or the Windows alphabet.

    Raises:
        Refused: ``text_unreadable``.
    """
    for alphabet in _alphabets(data):
        try:
            text = data.decode(alphabet)
        except UnicodeDecodeError:
            continue
        if not _CONTROLS.search(text):
            return text
    raise unfit(
        "text_unreadable",
        "This file is not readable as text: it holds characters that no table has. "
        "Open it in a spreadsheet, save it as “CSV UTF-8”, and upload that.",
    )


def _alphabets(data: bytes) -> tuple[str, ...]:
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return ("utf-16",)
    return ("utf-8-sig", "cp1252")


def rows_of(text: str) -> Iterator[list[str]]:
    """Read the rows; the mark between cells is the one of the first line."""
    first = text.partition("\n")[0]
    mark = max(",;\t", key=first.count)
    csv.field_size_limit(_LONGEST_CELL)
    yield from csv.reader(io.StringIO(text, newline=""), delimiter=mark, strict=True)


def is_formula(cell: str) -> bool:
    """Whether a spreadsheet program would calculate the cell.

    >>> is_formula("=1+1"), is_formula("-12.50"), is_formula("@SUM(A1)")
    (True, False, True)
    """
    return bool(_FORMULA.match(cell)) and not _NUMBER.fullmatch(cell)
