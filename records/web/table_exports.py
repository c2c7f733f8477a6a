"""A list's table as a file: the same rows, order and columns, through the one export writer."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from itertools import chain

from django.http import HttpRequest
from django.http.response import HttpResponseBase

from kit.tables import Cell, Table
from kit.tables import Kind as Written
from records.exports import Column, ExportForm, Kind, export_response
from records.exports import Table as FileTable
from records.exports.forms import WORDS

FORMATS = tuple((form.value, words) for form, words in WORDS.items())
KINDS = {
    Written.WHOLE: Kind.WHOLE,
    Written.RATIO: Kind.NUMBER,
    Written.PERCENT: Kind.NUMBER,
    Written.MONEY: Kind.MONEY,
    Written.DAY: Kind.DAY,
    Written.MOMENT: Kind.MOMENT,
    Written.UNTIL: Kind.MOMENT,
}


def asked_format(request: HttpRequest) -> str:
    """Which file is asked for; "" for the page itself."""
    wanted = request.GET.get("format", "")
    return wanted if wanted in dict(FORMATS) else ""


def export_table(
    request: HttpRequest, table: Table, rows: Iterable[Mapping[str, Cell]], *, name: str
) -> HttpResponseBase:
    """Write every row, not just those of the page on the screen; CSV unless asked otherwise."""
    columns = table.read(request.GET).columns
    first, whole = _peeked(rows)
    described = [
        Column(column.label, f"{column.label}, as on the page.", _kind(first.get(column.key)))
        for column in columns
    ]
    lines = (
        [row[column.key].exported if column.key in row else None for column in columns]
        for row in whole
    )
    source = f"The portal's list of {table.noun}, as its reader filtered and sorted it."
    file = FileTable(name, table.noun.capitalize(), described, lines, source)
    return export_response(file, ExportForm(asked_format(request) or ExportForm.CSV.value))


def _peeked(
    rows: Iterable[Mapping[str, Cell]],
) -> tuple[Mapping[str, Cell], Iterator[Mapping[str, Cell]]]:
    """The first row, from which the kinds of columns are read, and all rows."""
    coming = iter(rows)
    first = next(coming, None)
    return (first, chain([first], coming)) if first is not None else ({}, coming)


def _kind(cell: Cell | None) -> Kind:
    if cell is None:
        return Kind.TEXT
    is_moment = cell.kind is Written.DAY and isinstance(cell.value, datetime)
    return Kind.MOMENT if is_moment else KINDS.get(cell.kind, Kind.TEXT)
