"""One paper: its versions, its check, and what may be done with it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from accounts.actors import actor_of, arrival_of
from accounts.gates import gate
from kit.refusals import Refused
from records.actions.add_document import Paper, add_document, replace_document
from records.actions.change_document import mark_document, remove_document
from records.forms.documents import OneFileForm
from records.models import Document
from records.papers import is_pinned
from records.permissions.documents import (
    OpenedPaper,
    changes_paper,
    paper_for,
    reads_paper,
)
from records.queries.documents import newest, readable, redacted_copy_of
from records.rules.uploads import SUBMITTED
from records.upload_limits import takes_documents, was_cut_off
from records.web.paper_list import TONES
from records.web.papers import TOO_LARGE, as_sent


@gate(reads_paper)
@require_safe
def paper(request: HttpRequest, document: str) -> HttpResponse:
    """Show a paper."""
    return _page(request, paper_for(request, document))


@takes_documents
@require_POST
@gate(changes_paper)
def replace_paper(request: HttpRequest, document: str) -> HttpResponse:
    """Take a new version; readers keep the old one until the new one is checked."""
    opened = paper_for(request, document)

    def act(form: OneFileForm) -> str:
        replace_document(
            **_given(request), document=opened.document, sent=as_sent(form.cleaned_data["file"])
        )
        return "The new version was received. The old one stays until the new one is checked."

    return _with_file(request, opened, "replace", act)


@takes_documents
@require_POST
@gate(changes_paper)
def add_redacted_copy(request: HttpRequest, document: str) -> HttpResponse:
    """Take the copy of a confidential paper that others may read."""
    opened = paper_for(request, document)

    def act(form: OneFileForm) -> str:
        original = opened.document
        add_document(
            **_given(request),
            case=original.case,
            paper=Paper(
                kind=original.kind,
                title=f"{original.title[:180]} (redacted copy)",
                about=original.about,
                redacts=original,
            ),
            sent=as_sent(form.cleaned_data["file"]),
        )
        return "The redacted copy was received and is being checked."

    return _with_file(request, opened, "redacted", act)


@require_POST
@gate(changes_paper)
def mark_paper(request: HttpRequest, document: str) -> HttpResponse:
    """Mark a paper as confidential, or as open again."""
    row = paper_for(request, document).document
    is_confidential = request.POST.get("is_confidential") == "yes"
    mark_document(
        actor=actor_of(request),
        at=arrival_of(request),
        document=row,
        is_confidential=is_confidential,
    )
    said = "Marked as confidential." if is_confidential else "It is no longer confidential."
    messages.success(request, said)
    return redirect("records:paper", document=document)


@require_POST
@gate(changes_paper)
def remove_paper(request: HttpRequest, document: str) -> HttpResponse:
    """Take a paper out of its case."""
    row = paper_for(request, document).document
    remove_document(actor=actor_of(request), at=arrival_of(request), document=row)
    messages.success(request, f"“{row.title}” is no longer part of the case.")
    return redirect("records:papers", case=row.case.reference)


def _given(request: HttpRequest) -> dict[str, Any]:
    return {
        "actor": actor_of(request),
        "at": arrival_of(request),
        "key": request.POST.get("idempotency_key", ""),
    }


def _with_file(
    request: HttpRequest,
    opened: OpenedPaper,
    name: str,
    act: Callable[[OneFileForm], str],
) -> HttpResponse:
    form = OneFileForm(request.POST, request.FILES, prefix=name)
    if was_cut_off(request):
        form.add_error("file", TOO_LARGE.sentence)
    if form.is_valid():
        try:
            messages.success(request, act(form))
        except Refused as refused:
            form.add_error("file", refused.refusal.sentence)
        else:
            return redirect("records:paper", document=opened.document.reference)
    return _page(request, opened, {name: form}, status=409)


def _page(
    request: HttpRequest,
    opened: OpenedPaper,
    forms: dict[str, OneFileForm] | None = None,
    status: int = 200,
) -> HttpResponse:
    document, door = opened.document, opened.door
    given = forms or {}
    kind = door.kinds.get(document.kind)
    pinned = is_pinned(document)
    context = door.page(request, document.case)
    address = reverse("records:papers", args=[document.case.reference])
    context |= {
        "trail": [*context["trail"], {"label": "Documents", "url": address}],
        "document": document,
        "kind_words": kind.words if kind else document.kind,
        "about_words": dict(door.about(request, document.case)).get(document.about, ""),
        "newest": newest(document),
        "readable": readable(document),
        "versions": [{"row": one, "tone": TONES[one.status]} for one in document.versions.all()],
        "refusal": changes_paper(request, document.reference),
        "remove_refusal": SUBMITTED if pinned else None,
        "is_pinned": pinned,
        "copy": _copy(request, opened),
        "replace_form": given.get("replace") or OneFileForm(prefix="replace"),
        "redacted_form": given.get("redacted") or OneFileForm(prefix="redacted"),
    }
    return render(request, "records/documents/paper.html", context, status=status)


def _copy(request: HttpRequest, opened: OpenedPaper) -> Document | None:
    """The redacted copy, or the paper that this one redacts, where the reader may open it."""
    document = opened.document
    other = document.redacts or redacted_copy_of(document)
    if other is None:
        return None
    other.case = document.case
    return other if opened.door.reads(request, other) is None else None
