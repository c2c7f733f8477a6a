"""One contribution as its group sees it: evidence, the giver's word, submission."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from accounts.actors import actor_of, arrival_of
from accounts.gates import gate
from grants.actions.ask_confirmation import ask_confirmation
from grants.actions.attach_evidence import attach_evidence
from grants.actions.submit_contribution import (
    answer_query,
    submit_contribution,
    withdraw_contribution,
)
from grants.forms.match import EvidenceForm, WordsForm
from grants.models import Contribution
from grants.permissions.match import (
    holds_contribution,
    is_open_to_group,
    own_contribution_for,
    takes_evidence,
)
from grants.queries.match_pages import evidence_of, facts_of, giver_word, notes_of
from grants.rules.match.states import CONTRIBUTION
from grants.web.award_pages import award_page
from grants.web.match_tables import TONES
from kit.refusals import Refusal, Refused
from records.upload_limits import takes_documents, was_cut_off
from records.web.papers import TOO_LARGE, as_sent


@gate(holds_contribution)
@require_safe
def match_contribution(request: HttpRequest, award: str, contribution: str) -> HttpResponse:
    """Show a contribution with what is still to be done."""
    return _page(request, own_contribution_for(request, award, contribution))


@takes_documents
@require_POST
@gate(holds_contribution)
def attach(request: HttpRequest, award: str, contribution: str) -> HttpResponse:
    """Take a file that proves it."""
    row = own_contribution_for(request, award, contribution)
    form = EvidenceForm(request.POST, request.FILES)
    if was_cut_off(request):
        form.add_error("file", TOO_LARGE.sentence)
    if not form.is_valid():
        return _page(request, row, form)
    try:
        attach_evidence(
            actor=actor_of(request),
            at=arrival_of(request),
            contribution=row,
            sent=as_sent(form.cleaned_data["file"]),
            key=request.POST.get("idempotency_key", ""),
        )
    except Refused as refused:
        form.add_error("file", refused.refusal.sentence)
        return _page(request, row, form)
    messages.success(request, "Received. We check the file; the giver can be asked meanwhile.")
    return _back(row)


@require_POST
@gate(holds_contribution)
def ask(request: HttpRequest, award: str, contribution: str) -> HttpResponse:
    """Ask the giver to confirm, or remind it."""
    row = own_contribution_for(request, award, contribution)

    def act() -> None:
        ask_confirmation(**_act(request, row))

    said = f"We have written to {row.pledge.contact_email}. The link works for 30 days."
    return _do(request, row, act, said)


@require_POST
@gate(holds_contribution)
def submit(request: HttpRequest, award: str, contribution: str) -> HttpResponse:
    """Hand it to the agency."""
    row = own_contribution_for(request, award, contribution)

    def act() -> None:
        submit_contribution(**_act(request, row))

    return _do(request, row, act, "Submitted. An officer of the agency verifies it.")


@require_POST
@gate(holds_contribution)
def answer(request: HttpRequest, award: str, contribution: str) -> HttpResponse:
    """Answer the agency's question."""
    row = own_contribution_for(request, award, contribution)
    return _with_words(request, row, answer_query, "answer", "Answered. The agency goes on.")


@require_POST
@gate(holds_contribution)
def withdraw(request: HttpRequest, award: str, contribution: str) -> HttpResponse:
    """Take back what was recorded by mistake."""
    row = own_contribution_for(request, award, contribution)
    return _with_words(request, row, withdraw_contribution, "withdraw", "Withdrawn.")


FORMS = {
    "answer": ("answer_form", "Your answer"),
    "withdraw": ("withdraw_form", "Why you take it back"),
}


def _with_words(
    request: HttpRequest, row: Contribution, verb: Callable[..., object], name: str, said: str
) -> HttpResponse:
    place, label = FORMS[name]
    form = WordsForm(request.POST, label=label)
    if not form.is_valid():
        return _page(request, row, **{place: form})

    def act() -> None:
        verb(words=form.cleaned_data["words"], **_act(request, row))

    return _do(request, row, act, said)


def _act(request: HttpRequest, row: Contribution) -> dict[str, Any]:
    return {
        "actor": actor_of(request),
        "at": arrival_of(request),
        "contribution": row,
        "key": request.POST.get("idempotency_key", ""),
    }


def _do(
    request: HttpRequest, row: Contribution, act: Callable[[], None], said: str
) -> HttpResponse:
    try:
        act()
    except Refused as refused:
        messages.error(request, refused.refusal.sentence)
    else:
        messages.success(request, said)
    return _back(row)


def _back(row: Contribution) -> HttpResponse:
    return redirect("grants:match_contribution", row.award.reference, row.reference)


def _page(
    request: HttpRequest,
    row: Contribution,
    evidence_form: forms.Form | None = None,
    **given: forms.Form,
) -> HttpResponse:
    reference = row.award.reference
    context = award_page(request, reference, row.description)
    context |= {
        "contribution": row,
        "state": CONTRIBUTION.labels[row.status],
        "state_tone": TONES.get(row.status, ""),
        "facts": facts_of(row),
        "evidence": evidence_of(row, row.award),
        "giver": giver_word(row),
        "notes": notes_of(row),
        "evidence_form": (evidence_form or EvidenceForm()) if takes_evidence(row) else None,
        "submit_refusal": None if CONTRIBUTION.allows(row.status, "submit") else NOT_CONFIRMED,
        "can_submit": is_open_to_group(row),
        "can_ask": CONTRIBUTION.allows(row.status, "confirm"),
        "can_answer": CONTRIBUTION.allows(row.status, "answer"),
        "can_withdraw": is_open_to_group(row),
    }
    for place, label in FORMS.values():
        context[place] = given.get(place) or WordsForm(label=label, auto_id=f"id_{place}_%s")
    return render(request, "grants/match/contribution.html", context)


NOT_CONFIRMED = Refusal(
    "not_confirmed",
    "Attach the paper and let the giver confirm first: then you can submit it.",
)
