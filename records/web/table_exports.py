"""A list's table as a file: the same rows, order and columns, through the one export writer."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from django.http import HttpRequest, StreamingHttpResponse

from kit.tables import Cell, Table
from records.exports import csv_response

FORMATS = (("csv", "CSV"),)


def asked_format(request: HttpRequest) -> str:
    """Which file is asked for; "" for the page itself."""
    wanted = request.GET.get("format", "")
    return wanted if wanted in dict(FORMATS) else ""


def export_table(
    request: HttpRequest, table: Table, rows: Iterable[Mapping[str, Cell]], *, name: str
) -> StreamingHttpResponse:
    """Write every row, not just those of the page on the screen; ``name`` is ASCII."""
    columns = table.read(request.GET).columns
    lines = (
        [row[column.key].exported if column.key in row else "" for column in columns]
        for row in rows
    )
    return csv_response(f"{name}.csv", [column.label for column in columns], lines)
