"""Your letters: the list, one of them, the same as PDF; and how notices come."""

from __future__ import annotations

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_http_methods, require_safe

from accounts.actors import arrival_of, person_of
from accounts.gates import gate, signed_in
from records.actions.choose_rhythm import choose_rhythm
from records.actions.keep_paper import keep_paper
from records.forms.notices import RhythmForm
from records.models import Letter
from records.permissions.letters import own_letter, reads_letter
from records.queries.letter_papers import KIND, letter_paper
from records.queries.letters import deliveries, letters_to
from records.queries.notices import rhythm_of
from records.rules.papers import Paper
from records.sealed_words import mask
from records.typesetting import typeset

PAGE_SIZE = 25


@gate(signed_in)
@require_safe
def letters(request: HttpRequest) -> HttpResponse:
    """List what the portal wrote to the reader."""
    words = " ".join(request.GET.get("q", "").split())[:100]
    rows = letters_to(person_of(request))
    if words:
        rows = rows.filter(subject__icontains=words)
    page = Paginator(rows, PAGE_SIZE).get_page(request.GET.get("page"))
    ways = deliveries(page)
    context = {
        "page": page,
        "rows": [{"letter": row, "way": ways[row.pk]} for row in page],
        "words": words,
        "rhythm": rhythm_of(person_of(request)),
    }
    return render(request, "records/letters/letters.html", context)


@gate(reads_letter)
@require_safe
def letter(request: HttpRequest, letter: str) -> HttpResponse:
    """Show one letter."""
    row = _own(request, letter)
    context = {"letter": row, "text": mask(row.text), "way": deliveries([row])[row.pk]}
    return render(request, "records/letters/letter.html", context)


@gate(reads_letter)
@require_safe
def letter_pdf(request: HttpRequest, letter: str) -> HttpResponse:
    """Hand out one letter as signed PDF."""
    return letter_file(request, _own(request, letter))


@gate(signed_in)
@require_http_methods(["GET", "POST"])
def notices(request: HttpRequest) -> HttpResponse:
    """Show and change how notices come."""
    user = person_of(request)
    form = RhythmForm(request.POST or None, initial={"rhythm": rhythm_of(user)})
    if request.method == "POST" and form.is_valid():
        choose_rhythm(user=user, at=arrival_of(request), rhythm=form.chosen())
        messages.success(request, "Saved. It holds from the next notice on.")
        return redirect("records:notices")
    return render(request, "records/letters/notices.html", {"form": form})


def letter_file(request: HttpRequest, row: Letter) -> HttpResponse:
    """Return a letter as PDF; a case keeps its letters, a digest is set for its reader only."""

    def write() -> Paper:
        return letter_paper(row)

    at = arrival_of(request)
    data = (
        keep_paper(at=at, case=row.case, kind=KIND, about=row.reference, write=write)
        if row.case
        else typeset(write())
    )
    response = HttpResponse(data, content_type="application/pdf")
    name = f"letter-{row.reference}.pdf"
    response["Content-Disposition"] = content_disposition_header(True, name) or "attachment"
    return response


def _own(request: HttpRequest, reference: str) -> Letter:
    row = own_letter(request, reference)
    if row is None:
        raise Http404
    return row
