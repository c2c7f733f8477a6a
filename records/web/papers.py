"""Papers of a case: the list with its upload, and what happens to files that are sent."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from accounts.actors import actor_of, arrival_of
from accounts.gates import gate
from accounts.session_clock import without_activity
from accounts.web.tables import opens_with_own_view
from kit.htmx import is_fragment
from kit.refusals import Refusal, Refused
from records.actions.add_document import Paper, SentFile, add_document
from records.forms.documents import AddPapersForm
from records.models import Document
from records.permissions.documents import OpenedPapers, adds_papers, papers_for, sees_papers
from records.rules.files import LARGEST, megabytes
from records.upload_limits import takes_documents, was_cut_off
from records.web.paper_list import TABLE, asked_rows, cells, papers_table, rows_of
from records.web.table_exports import asked_format, export_table

TOO_LARGE = Refusal(
    "file_too_large",
    f"A file is larger than {megabytes(LARGEST)}, so nothing of it was kept. "
    "Make it smaller or split it, and send it again.",
)


@gate(sees_papers)
@require_safe
@opens_with_own_view(TABLE)
def papers(request: HttpRequest, case: str) -> HttpResponseBase:
    """List the papers of a case; who may add some finds the upload above."""
    opened = papers_for(request, case)
    if asked_format(request):
        return export_table(request, TABLE, cells(asked_rows(request, opened)), name="documents")
    return _page(request, opened, None)


@takes_documents
@require_POST
@gate(adds_papers)
def add_papers(request: HttpRequest, case: str) -> HttpResponse:
    """Take one file or several; each is kept or refused on its own."""
    opened = papers_for(request, case)
    form = _form(request, opened, request)
    if was_cut_off(request):
        form.add_error("files", TOO_LARGE.sentence)
    if not form.is_valid():
        return _refused(request, opened, form)
    refusals = []
    for number, file in enumerate(form.cleaned_data["files"]):
        try:
            _add(request, opened, form.cleaned_data, file, number)
        except Refused as refused:
            refusals.append(f"{file.name}: {refused.refusal.sentence}")
    for sentence in refusals:
        form.add_error("files", sentence)
    if refusals:
        return _refused(request, opened, form)
    if _wants_json(request):
        return JsonResponse({"said": "Received. It is being checked."}, status=201)
    messages.success(request, "Received. We check every file; the list shows the result.")
    return redirect("records:papers", case=case)


@without_activity
@gate(sees_papers)
@require_safe
def papers_progress(request: HttpRequest, case: str) -> HttpResponse:
    """Say which files are still being checked; asked every few seconds while there are some."""
    opened = papers_for(request, case)
    if not is_fragment(request):
        return redirect("records:papers", case=case)
    waiting = [row for row in rows_of(request, opened) if row.newest.is_under_way]
    context = {"waiting": waiting, "opened": opened}
    response = render(request, "records/documents/progress.html", context)
    if str(len(waiting)) != request.GET.get("waiting", ""):
        response["HX-Trigger"] = "papers-changed"
    return response


def _add(
    request: HttpRequest,
    opened: OpenedPapers,
    data: dict[str, Any],
    file: UploadedFile[Any],
    number: int,
) -> Document:
    key = request.POST.get("idempotency_key", "")[:50]
    return add_document(
        actor=actor_of(request),
        at=arrival_of(request),
        case=opened.case,
        paper=Paper(
            kind=data["kind"],
            title=data["title"] if len(request.FILES.getlist("files")) == 1 else "",
            about=data.get("about", ""),
            is_confidential=data["is_confidential"],
        ),
        sent=as_sent(file),
        key=f"{key}-{number}" if key else "",
    )


def as_sent(file: UploadedFile[Any]) -> SentFile:
    """Return an uploaded file as the action takes it."""
    stream: Any = file
    return SentFile(stream, file.name or "", file.size or 0, file.content_type or "")


def _form(
    request: HttpRequest, opened: OpenedPapers, sent: HttpRequest | None = None
) -> AddPapersForm:
    kinds = opened.door.adds(request, opened.case)
    told = () if isinstance(kinds, Refusal) else tuple(opened.door.kinds[one] for one in kinds)
    about = opened.door.about(request, opened.case)
    if sent is None:
        initial = {"kind": request.GET.get("add", ""), "about": request.GET.get("for", "")}
        return AddPapersForm(initial=initial, kinds=told, about=about)
    return AddPapersForm(sent.POST, sent.FILES, kinds=told, about=about)


def _refused(request: HttpRequest, opened: OpenedPapers, form: AddPapersForm) -> HttpResponse:
    if _wants_json(request):
        sentences = [str(one) for errors in form.errors.values() for one in errors]
        return JsonResponse({"said": " ".join(sentences)}, status=409)
    return _page(request, opened, form, status=409)


def _page(
    request: HttpRequest, opened: OpenedPapers, form: AddPapersForm | None, status: int = 200
) -> HttpResponse:
    refusal = adds_papers(request, opened.case.reference)
    rows = rows_of(request, opened)
    context = opened.door.page(request, opened.case) | {
        "opened": opened,
        "case": opened.case,
        "refusal": refusal,
        "form": None if refusal else form or _form(request, opened),
        "waiting": [row for row in rows if row.newest.is_under_way],
        "table": papers_table(request, opened),
    }
    return render(request, "records/documents/papers.html", context, status=status)


def _wants_json(request: HttpRequest) -> bool:
    return request.headers.get("Accept", "").startswith("application/json")
