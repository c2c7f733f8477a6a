"""A table as a download."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from django.http import HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.utils.http import content_disposition_header

from records.exports.as_csv import csv_lines
from records.exports.as_json import json_document, table_document
from records.exports.as_workbook import workbook_bytes
from records.exports.forms import ExportForm
from records.rules.tables import Table, safe_stem

PORTION = 32_768
TYPES = {
    ExportForm.CSV: "text/csv; charset=utf-8; header=present",
    ExportForm.WORKBOOK: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ExportForm.JSON: "application/json",
}


def export_response(table: Table, form: ExportForm) -> HttpResponseBase:
    """Return the table in one form; CSV and JSON are sent while they are read."""
    if form is ExportForm.WORKBOOK:
        whole = HttpResponse(workbook_bytes(table), content_type=TYPES[form])
        return _named(whole, table.stem, form)
    lines: Iterator[str] = (
        csv_lines([column.name for column in table.columns], table.rows)
        if form is ExportForm.CSV
        else table_document(table)
    )
    parts = _in_portions(lines)
    return _named(StreamingHttpResponse(parts, content_type=TYPES[form]), table.stem, form)


def _in_portions(lines: Iterable[str]) -> Iterator[str]:
    """Join lines: a line at a time would cost more on its way than in the making."""
    kept: list[str] = []
    size = 0
    for line in lines:
        kept.append(line)
        size += len(line)
        if size >= PORTION:
            yield "".join(kept)
            kept, size = [], 0
    if kept:
        yield "".join(kept)


def json_stream_response(
    stem: str, head: Mapping[str, object], name: str, items: Iterable[Mapping[str, object]]
) -> HttpResponseBase:
    """Return a list of documents that are deeper than a row, sent while they are read."""
    lines = json_document(head, name, items)
    form = ExportForm.JSON
    return _named(StreamingHttpResponse(lines, content_type=TYPES[form]), stem, form)


def _named(response: HttpResponseBase, stem: str, form: ExportForm) -> HttpResponseBase:
    name = f"{safe_stem(stem)}.{form.value}"
    response["Content-Disposition"] = content_disposition_header(True, name) or "attachment"
    response["X-Content-Type-Options"] = "nosniff"
    return response
