"""The applicant's turn: questions of the office, or a proposed denial."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from accounts.actors import actor_of, arrival_of
from accounts.gates import gate
from certification.actions.answer_request import answer_request, open_request
from certification.actions.cure_denial import cure_denial, open_proposal
from certification.forms.application import CureForm, QuestionsForm
from certification.permissions.applications import (
    application_for,
    reads_application,
    represents_application,
)
from certification.queries.papers import answering_papers
from certification.queries.proposed_denial import unmet_tests
from certification.rules.states import ApplicationState
from certification.web.application_pages import address, application_page

FOLDER = "certification/application"
HERE = "Your turn"
# Times to answer run to the end of a day; people read its last minute.
LAST_MINUTE = timedelta(minutes=1)


@gate(reads_application)
@require_safe
def answer(request: HttpRequest, application: str) -> HttpResponse:
    """Show what the office asks or proposes, and where to answer."""
    state = application_for(request, application).application.status
    if state is ApplicationState.ACTION_NEEDED:
        return _questions(request, application, None)
    if state is ApplicationState.DENIAL_PROPOSED:
        return _proposal(request, application, CureForm())
    raise Http404


@require_POST
@gate(represents_application)
def send_answer(request: HttpRequest, application: str) -> HttpResponse:
    """Send the answer; the review goes on."""
    row = application_for(request, application).application
    given: dict[str, Any] = {
        "actor": actor_of(request),
        "at": arrival_of(request),
        "application": row,
        "key": request.POST.get("idempotency_key", ""),
    }
    if row.status is ApplicationState.DENIAL_PROPOSED:
        cure = CureForm(request.POST)
        if not cure.is_valid():
            return _proposal(request, application, cure)
        cure_denial(**given, answer=cure.cleaned_data["answer"])
    elif row.status is ApplicationState.ACTION_NEEDED:
        questions = QuestionsForm(open_request(row).items.all(), data=request.POST)
        if not questions.is_valid():
            return _questions(request, application, questions)
        answer_request(**given, answers=questions.answers())
    messages.success(request, "Your answer is part of the record. The review goes on.")
    return redirect(address("application", row))


def _questions(request: HttpRequest, application: str, form: QuestionsForm | None) -> HttpResponse:
    context = application_page(request, application, HERE)
    asked = open_request(context["application"])
    context |= {
        "asked": asked,
        "due_at": asked.due_at - LAST_MINUTE,
        "closes_at": asked.closes_at - LAST_MINUTE,
        "form": form or QuestionsForm(asked.items.all()),
        "papers": answering_papers(context["application"]),
        "refusal": represents_application(request, application),
    }
    return render(request, f"{FOLDER}/answer_questions.html", context)


def _proposal(request: HttpRequest, application: str, form: CureForm) -> HttpResponse:
    context = application_page(request, application, HERE)
    proposal = open_proposal(context["application"])
    context |= {
        "proposal": proposal,
        "answer_until": proposal.answer_until - LAST_MINUTE,
        "unmet": unmet_tests(proposal),
        "form": form,
        "refusal": represents_application(request, application),
    }
    return render(request, f"{FOLDER}/answer_denial.html", context)
