"""Questions about a competition: asked by somebody signed in, answered for everybody."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from accounts.actors import actor_of, arrival_of, person_of
from accounts.gates import gate
from grants.actions.answer_inquiry import PublicAnswer, answer_inquiry, ask_inquiry
from grants.forms.competition_acts import AnswerForm, AskForm
from grants.permissions.competitions import (
    asks_about,
    competition_for,
    public_competition_for,
    reads_competition,
    works_on_competition,
)
from grants.rules.states import COMPETITION
from grants.web.competition_pages import VerbPage, bound, competition_page, key_of, verb_form
from kit.refusals import Refused


@gate(asks_about)
@require_http_methods(["GET", "HEAD", "POST"])
def ask(request: HttpRequest, competition: str) -> HttpResponse:
    """Ask the agency; only its officers see who asks.

    Raises:
        Refused: on opening the page where the competition is not open.
    """
    row, status = public_competition_for(request, competition), 200
    form = AskForm(bound(request))
    if request.method != "POST":
        COMPETITION.move(row.status, "close")
    elif form.is_valid():
        try:
            ask_inquiry(
                actor=actor_of(request),
                at=arrival_of(request),
                competition=row,
                asker=person_of(request),
                text=form.cleaned_data["text"],
                key=key_of(request),
            )
        except Refused as refused:
            form.add_error(None, refused.refusal.sentence)
            status = 409
        else:
            messages.success(
                request,
                "Your question is with the office. The answer appears here for everybody, without "
                "your name; you get it by letter too.",
            )
            return redirect("grants:competition", competition=competition)
    trail = [
        {"label": "Competitions", "url": reverse("grants:competitions")},
        {"label": row.title, "url": reverse("grants:competition", args=[competition])},
    ]
    context = {"competition": row, "form": form, "trail": trail}
    return render(request, "grants/public/ask.html", context, status=status)


@gate(reads_competition)
def inquiries(request: HttpRequest, competition: str) -> HttpResponse:
    """Show what was asked, what waits first."""
    context = competition_page(request, competition, "Questions")
    rows = context["competition"].inquiries.select_related("asked_by")
    context |= {
        "waiting": rows.filter(answered_at=None),
        "answered": rows.filter(answered_at__isnull=False).order_by("-answered_at"),
        "refusal": works_on_competition(request, competition),
    }
    return render(request, "grants/competitions/inquiries.html", context)


@gate(works_on_competition)
@require_http_methods(["GET", "HEAD", "POST"])
def answer(request: HttpRequest, competition: str, inquiry: str) -> HttpResponse:
    """Answer for everybody."""
    rows = competition_for(request, competition).inquiries.select_related("competition__case")
    row = get_object_or_404(rows, reference=inquiry)
    page = VerbPage(
        verb="cancel",
        title="Answer a question",
        lead="Question and answer are published at once, without the asker.",
        button="Publish the answer",
        done="The answer is public, and the asker gets it by letter.",
    )
    form = AnswerForm(bound(request), initial={"question": row.text})

    def act(key: str) -> None:
        words = PublicAnswer(form.cleaned_data["question"], form.cleaned_data["answer"])
        answer_inquiry(
            actor=actor_of(request), at=arrival_of(request), inquiry=row, words=words, key=key
        )

    return verb_form(request, competition, page, form, act)
