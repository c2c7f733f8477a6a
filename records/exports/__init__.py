"""The one export writer: a table leaves the portal as CSV, as a workbook or as JSON.

CSV is for programs: RFC 4180, UTF-8 without a byte-order mark, since a mark would become a part
of the first column's name. People open the workbook: its cells are typed, its text is never a
formula, and its second sheet says what each column means.
"""

from records.exports.answers import export_response, json_stream_response
from records.exports.as_csv import csv_lines
from records.exports.forms import ExportForm, ExportFormConverter, downloads
from records.rules.tables import Column, Kind, Table

__all__ = [
    "Column",
    "ExportForm",
    "ExportFormConverter",
    "Kind",
    "Table",
    "csv_lines",
    "downloads",
    "export_response",
    "json_stream_response",
]
