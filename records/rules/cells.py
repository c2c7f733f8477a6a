"""Cells as the forms of a download write them; text can never become a formula."""

from __future__ import annotations

import unicodedata
from datetime import UTC, date, datetime
from decimal import Decimal

_SIGNS = "=+-@"
_BREAKS = "\t\r\n\0"
_KEPT = "\t\r\n"


def is_formula_like(text: str) -> bool:
    """Whether a spreadsheet might read the text as a formula.

    Signs count also after white space or invisible characters, and in their full-width forms;
    so does a text that begins with a tab, a line break or NUL.
    """
    if text[:1].isascii() and text[:1].isalnum():  # nearly every cell, at once
        return False
    for sign in text:
        if sign in _BREAKS:
            return True
        if sign.isspace() or unicodedata.category(sign) in {"Cc", "Cf"}:
            continue
        return unicodedata.normalize("NFKC", sign)[0] in _SIGNS
    return False


def clean(text: str) -> str:
    """Return the text with a mark in place of characters that no file of a table may hold."""
    if text.isascii() and text.isprintable():
        return text
    return "".join("\ufffd" if _is_unwritable(sign) else sign for sign in text)


def _is_unwritable(sign: str) -> bool:
    """Control characters, halves of pairs, and code points that are no characters at all."""
    code = ord(sign)
    if code & 0xFFFE == 0xFFFE or 0xFDD0 <= code <= 0xFDEF:
        return True
    return sign not in _KEPT and unicodedata.category(sign) in {"Cc", "Cs"}


def guarded(cell: object) -> object:
    """Return a cell that no spreadsheet reads as a formula; numbers stay numbers.

    >>> guarded("=1+1")
    "'=1+1"
    """
    if not isinstance(cell, str):
        return "" if cell is None else cell
    return ("'" if is_formula_like(cell) else "") + clean(cell)


def moment_text(moment: datetime) -> str:
    """Return a moment in UTC, to the second, ``2026-03-03T21:59:00Z``."""
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def csv_cell(cell: object) -> object:
    """Return a cell of a CSV file."""
    if isinstance(cell, bool):
        return "true" if cell else "false"
    if isinstance(cell, datetime):
        return moment_text(cell)
    if isinstance(cell, date):
        return cell.isoformat()
    if isinstance(cell, Decimal):
        return format(cell, "f")
    return guarded(cell)


def json_cell(cell: object) -> object:
    """Return a value for JSON: exact amounts stay decimal text."""
    if isinstance(cell, datetime):
        return moment_text(cell)
    if isinstance(cell, date):
        return cell.isoformat()
    return format(cell, "f") if isinstance(cell, Decimal) else cell
