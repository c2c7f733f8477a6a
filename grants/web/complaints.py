"""What givers said is wrong, as the group answers it and an officer decides it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from accounts.actors import actor_of, arrival_of, person_of
from accounts.gates import gate
from grants.actions.decide_complaint import answer_complaint, decide_complaint
from grants.forms.complaints import AnswerForm, DecisionForm
from grants.models import Award, GiverComplaint
from grants.permissions.awards import (
    award_for,
    holds_accepted_award,
    reads_award,
    staff_award_for,
    works_on_award,
)
from grants.queries.complaints import complaint_refusal, complaints_of
from grants.rules.match.complaints import COMPLAINT, NO_RETALIATION, WAITING, ComplaintState
from grants.web.award_pages import award_page, staff_award_page
from grants.web.competition_pages import key_of
from kit.refusals import Refused

TONES = {ComplaintState.OPEN: "turn", ComplaintState.DECIDED: "quiet"}


@gate(holds_accepted_award)
@require_safe
def complaints(request: HttpRequest, award: str) -> HttpResponse:
    """Show the group what givers said, with a form under what waits for an answer."""
    return _group_page(request, award)


@require_POST
@gate(holds_accepted_award)
def answer(request: HttpRequest, award: str, complaint: str) -> HttpResponse:
    """Answer for the group."""
    row = _one(award_for(request, award).award, complaint)
    form = AnswerForm(request.POST, auto_id=f"id_{row.reference}_%s")

    def act() -> None:
        answer_complaint(**_acting(request, row), words=form.cleaned_data["words"])

    if _done(request, form, act, "Answered. The giver has your answer as a letter."):
        return redirect("grants:complaints", award)
    return _group_page(request, award, {row.pk: form})


@gate(reads_award)
@require_safe
def staff_complaints(request: HttpRequest, award: str) -> HttpResponse:
    """Show officers what givers said and what the group answered."""
    return _staff_page(request, award)


@require_POST
@gate(works_on_award)
def decide(request: HttpRequest, award: str, complaint: str) -> HttpResponse:
    """Decide one."""
    row = _one(staff_award_for(request, award), complaint)
    form = DecisionForm(request.POST, auto_id=f"id_{row.reference}_%s")

    def act() -> None:
        words = form.cleaned_data["words"]
        decide_complaint(**_acting(request, row), outcome=form.found(), words=words)

    if _done(request, form, act, "Decided. The giver and the group have a letter."):
        return redirect("grants:staff_complaints", award)
    return _staff_page(request, award, {row.pk: form})


def _one(award: Award, reference: str) -> GiverComplaint:
    row = complaints_of(award).filter(reference=reference).first()
    if row is None:
        raise Http404
    return row


def _acting(request: HttpRequest, row: GiverComplaint) -> dict[str, Any]:
    return {
        "actor": actor_of(request),
        "at": arrival_of(request),
        "complaint": row,
        "key": key_of(request),
    }


def _done(request: HttpRequest, form: forms.Form, act: Callable[[], None], said: str) -> bool:
    """Whether it was done; what was typed stays in the form where not."""
    if not form.is_valid():
        return False
    try:
        act()
    except Refused as refused:
        form.add_error(None, refused.refusal.sentence)
        return False
    messages.success(request, said)
    return True


def _group_page(
    request: HttpRequest, award: str, given: dict[int, forms.Form] | None = None
) -> HttpResponse:
    context = award_page(request, award, "Complaints")
    rows = [
        _shown(one, given, AnswerForm if one.status is ComplaintState.OPEN else None)
        for one in complaints_of(context["award"])
    ]
    context |= {"rows": rows, "no_retaliation": NO_RETALIATION}
    return render(request, "grants/match/complaints.html", context)


def _staff_page(
    request: HttpRequest, award: str, given: dict[int, forms.Form] | None = None
) -> HttpResponse:
    context = staff_award_page(request, award, "Complaints")
    refused = works_on_award(request, award)
    rows = []
    for one in complaints_of(context["award"]):
        waits = one.status in WAITING
        refusal = refused or complaint_refusal(one, person_of(request).pk) if waits else None
        shown = _shown(one, given, DecisionForm if waits and refusal is None else None)
        rows.append(shown | {"refusal": refusal})
    context |= {"rows": rows, "no_retaliation": NO_RETALIATION}
    return render(request, "grants/match/staff_complaints.html", context)


def _shown(
    row: GiverComplaint, given: dict[int, forms.Form] | None, kind: type[forms.Form] | None
) -> dict[str, Any]:
    form = (given or {}).get(row.pk) or (kind(auto_id=f"id_{row.reference}_%s") if kind else None)
    return {
        "row": row,
        "state": COMPLAINT.labels[row.status],
        "tone": TONES.get(row.status, "info"),
        "form": form,
    }
