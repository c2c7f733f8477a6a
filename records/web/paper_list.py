"""The list of a case's papers: what the reader asks of it, and its cells."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.http import HttpRequest
from django.urls import reverse

from accounts.web.tables import Empty, Frame, ShownTable, export_links, shown_table
from kit.tables import Cell, Column, Kind, Table
from records.forms.documents import PapersFilterForm
from records.models import Document, DocumentVersion
from records.permissions.documents import OpenedPapers
from records.queries.documents import documents_of
from records.rules.files import megabytes
from records.rules.states import VersionState
from records.web.table_exports import FORMATS

TABLE = Table(
    "records.papers",
    (
        Column("title", "Document", is_sortable=True, is_title=True),
        Column("kind", "What it is", is_sortable=True),
        Column("about", "Evidence for", is_sortable=True),
        Column("state", "Check", is_sortable=True),
        Column("size", "Size", is_sortable=True, is_numeric=True),
        Column("added", "Added", is_sortable=True),
        Column("by", "Added by", is_sortable=True, is_extra=True),
        Column("version", "Version", is_numeric=True, is_extra=True),
        Column("sha256", "Fingerprint (SHA-256)", is_extra=True),
    ),
    default_sort="-added",
    noun="documents",
)
TONES = {
    VersionState.CLEAN: "good",
    VersionState.REFUSED: "bad",
    VersionState.WAITING: "warn",
    VersionState.CHECKING: "info",
    VersionState.RECEIVED: "info",
    VersionState.SUPERSEDED: "quiet",
}


@dataclass(frozen=True, slots=True)
class PaperRow:
    """A paper with its newest version and its words."""

    document: Document
    newest: DocumentVersion
    kind: str
    about: str

    @property
    def added_at(self) -> datetime:
        """When the newest version was sent."""
        return self.newest.uploaded_at


def rows_of(request: HttpRequest, opened: OpenedPapers) -> list[PaperRow]:
    """Return the papers that the reader may open, the newest first."""
    about = dict(opened.door.about(request, opened.case))
    rows = []
    for document in documents_of(opened.case):
        document.case = opened.case
        if opened.door.reads(request, document) is not None:
            continue
        kind = opened.door.kinds.get(document.kind)
        words = kind.words if kind else document.kind
        newest = document.versions.all()[0]
        rows.append(PaperRow(document, newest, words, about.get(document.about, "")))
    return rows


def asked_rows(request: HttpRequest, opened: OpenedPapers) -> list[PaperRow]:
    """Return the rows of the reader's filters in the reader's order."""
    filters = PapersFilterForm(request.GET, door=opened.door)
    given = filters.cleaned_data if filters.is_valid() else {}
    asked = TABLE.read(request.GET)
    rows = [row for row in rows_of(request, opened) if _fits(row, given)]
    return sorted(rows, key=lambda row: _order(row, asked.sort_key), reverse=asked.is_descending)


def papers_table(request: HttpRequest, opened: OpenedPapers) -> ShownTable:
    """Return the table of the page."""
    rows = asked_rows(request, opened)
    is_filtered = any(request.GET.get(name) for name in ("q", "kind", "state"))
    empty = Empty(
        "Nothing fits these filters" if is_filtered else "No documents yet",
        "Show all, or search for a part of the name."
        if is_filtered
        else "Files that are added appear here with the result of their check.",
        icon="search" if is_filtered else "folder_open",
    )
    filters = PapersFilterForm(request.GET or None, door=opened.door)
    frame = Frame(
        "Documents",
        empty,
        filters if rows or is_filtered else None,
        export_links(request, FORMATS) if rows else (),
    )
    return shown_table(request, TABLE, rows, cells, frame)


def cells(rows: Sequence[PaperRow]) -> Iterator[Mapping[str, Cell]]:
    """Write the cells of rows."""
    for row in rows:
        one, document = row.newest, row.document
        yield {
            "title": Cell(
                document.title,
                reverse("records:paper", args=[document.reference]),
                notes=_notes(row),
            ),
            "kind": Cell(row.kind),
            "about": Cell(row.about),
            "state": Cell(one.status_words, tone=TONES[one.status], notes=_why(one)),
            "size": Cell(megabytes(one.size)),
            "added": Cell(value=row.added_at, kind=Kind.DAY),
            "by": Cell(one.uploader_name),
            "version": Cell(value=one.number, kind=Kind.WHOLE),
            "sha256": Cell(one.sha256),
        }


def _notes(row: PaperRow) -> tuple[str, ...]:
    notes = [row.newest.original_name]
    if row.document.is_confidential:
        notes.append("Confidential")
    if row.document.redacts_id:
        notes.append("Redacted copy")
    return tuple(notes)


def _why(one: DocumentVersion) -> tuple[str, ...]:
    return (one.refusal_sentence,) if one.refusal_sentence else ()


def _fits(row: PaperRow, given: Mapping[str, Any]) -> bool:
    text = str(given.get("q") or "").casefold()
    if text and text not in f"{row.document.title} {row.newest.original_name}".casefold():
        return False
    if given.get("kind") and row.document.kind != given["kind"]:
        return False
    return _fits_state(row.newest, str(given.get("state") or ""))


def _fits_state(one: DocumentVersion, state: str) -> bool:
    if state == "under_way":
        return one.is_under_way
    return not state or one.state == state


def _order(row: PaperRow, key: str) -> Any:  # noqa: ANN401 - what can be compared
    orders = {
        "title": row.document.title.casefold(),
        "kind": row.kind,
        "about": row.about,
        "state": row.newest.status_words,
        "size": row.newest.size,
        "by": row.newest.uploader_name.casefold(),
    }
    return orders.get(key, row.added_at)
