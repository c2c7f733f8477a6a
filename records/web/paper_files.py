"""The bytes of papers: downloads and previews, after the gate, of what was released only."""

from __future__ import annotations

import csv
import io

from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseNotModified
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from accounts.actors import actor_of, arrival_of
from accounts.gates import gate
from records.actions.change_document import log_read
from records.inspection.child import pdf_page_png, picture_png
from records.inspection.tables import decoded, is_formula, rows_of
from records.models import DocumentVersion
from records.permissions.documents import paper_for, reads_paper
from records.rules.files import MEDIA_TYPES, FileKind, download_name
from records.vault import open_clean

PDF, CSV = MEDIA_TYPES[FileKind.PDF], MEDIA_TYPES[FileKind.CSV]
PICTURES = {MEDIA_TYPES[FileKind.PNG], MEDIA_TYPES[FileKind.JPG]}
SHOWN_ROWS, SHOWN_CELLS = 50, 20
# Nothing in the file may run, load or be framed, even where a browser opens it by itself.
FILE_POLICY = "default-src 'none'; sandbox; frame-ancestors 'none'"


@gate(reads_paper)
@require_safe
def paper_file(request: HttpRequest, document: str, version: int) -> HttpResponseBase:
    """Send a version as an attachment; a table with formulas is guarded unless asked otherwise."""
    one = _released(request, document, version)
    is_guarded = one.has_formulas and request.GET.get("exact") != "1"
    tag = f'"{one.sha256}{"-guarded" if is_guarded else ""}"'
    if request.headers.get("If-None-Match") == tag:
        return _kept_private(HttpResponseNotModified(), one, tag)
    _log(request, one, "download")
    name = download_name(one.original_name, one.media_type, prefix="guarded " if is_guarded else "")
    content = io.BytesIO(_guarded(one)) if is_guarded else open_clean(one.sha256)
    response = FileResponse(content, as_attachment=True, filename=name, content_type=one.media_type)
    return _kept_private(response, one, tag)


@gate(reads_paper)
@require_safe
def paper_preview(request: HttpRequest, document: str, version: int, page: int) -> HttpResponse:
    """Show one page of a PDF, a picture, or the first rows of a table."""
    one = _released(request, document, version)
    opened = paper_for(request, document)
    pages = one.page_count or 1
    if not can_preview(one) or not 1 <= page <= pages:
        raise Http404
    context = opened.door.page(request, opened.document.case)
    context |= {
        "trail": [
            *context["trail"],
            {
                "label": opened.document.title,
                "url": reverse("records:paper", args=[opened.document.reference]),
            },
        ],
        "document": opened.document,
        "version": one,
        "page": page,
        "pages": pages,
        "rows": _first_rows(one) if one.media_type == CSV else None,
    }
    if one.media_type == CSV:
        _log(request, one, "preview")
    return render(request, "records/documents/preview.html", context)


@gate(reads_paper)
@require_safe
def paper_picture(request: HttpRequest, document: str, version: int, page: int) -> HttpResponseBase:
    """Send a page as a picture that a child process has drawn."""
    one = _released(request, document, version)
    if one.media_type not in PICTURES | {PDF} or not 1 <= page <= (one.page_count or 1):
        raise Http404
    with open_clean(one.sha256) as kept:
        data = kept.read()
    drawn = pdf_page_png(data, page) if one.media_type == PDF else picture_png(data)
    if not drawn:
        raise Http404
    _log(request, one, f"page {page}")
    response = HttpResponse(drawn, content_type="image/png")
    return _kept_private(response, one, f'"{one.sha256}-{page}"')


def can_preview(one: DocumentVersion) -> bool:
    """Whether the portal can show a version by itself."""
    return one.is_readable and one.media_type in PICTURES | {PDF, CSV}


def _released(request: HttpRequest, document: str, version: int) -> DocumentVersion:
    one = paper_for(request, document).version(version)
    if one is None:
        raise Http404
    return one


def _log(request: HttpRequest, one: DocumentVersion, how: str) -> None:
    log_read(actor=actor_of(request), at=arrival_of(request), version=one, how=how)


def _kept_private(
    response: HttpResponse | FileResponse, one: DocumentVersion, tag: str
) -> HttpResponse | FileResponse:
    is_secret = one.document.is_confidential
    response["Cache-Control"] = "private, no-store" if is_secret else "private, no-cache"
    response["ETag"] = tag
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = FILE_POLICY
    response["Referrer-Policy"] = "no-referrer"
    return response


def _text(one: DocumentVersion) -> str:
    with open_clean(one.sha256) as kept:
        return decoded(kept.read())


def _guarded(one: DocumentVersion) -> bytes:
    """Write the table anew, so that no cell is calculated."""
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    for row in rows_of(_text(one)):
        writer.writerow([f"'{cell}" if is_formula(cell) else cell for cell in row])
    return out.getvalue().encode("utf-8-sig")


def _first_rows(one: DocumentVersion) -> list[list[str]]:
    rows: list[list[str]] = []
    for row in rows_of(_text(one)):
        if len(rows) > SHOWN_ROWS:
            break
        rows.append(row[:SHOWN_CELLS])
    return rows
