"""Writing a step of a proposal: by hand, by autosave, and when two people write at once."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from accounts.actors import actor_of, arrival_of
from accounts.gates import gate
from certification.actions.store_answers import StaleText, Written
from certification.forms.application import SectionForm
from certification.rules.application_form import Section
from certification.rules.drafting import cleaned, differences
from certification.web.saving import both_texts, clock_words, version_of
from grants.actions.save_proposal_section import save_proposal_section
from grants.models import ProposalSection
from grants.permissions.proposals import proposal_for, reads_proposal
from grants.queries.proposals import form_of, section_rows
from grants.rules.proposal_form import BUDGET, MILESTONES
from grants.rules.submitting import edit_refusal
from grants.web.budget_grid import budget_context
from grants.web.milestone_table import milestone_context
from grants.web.proposal_pages import address, next_step_address, proposal_page, steps_of
from kit.refusals import Refused

FOLDER = "grants/proposals"
SHEETS = {BUDGET: "budget", MILESTONES: "milestones"}


@gate(reads_proposal)
@require_http_methods(["GET", "HEAD", "POST"])
def section(request: HttpRequest, proposal: str, section: str) -> HttpResponse:
    """Show a step and save it; works without JavaScript."""
    described = _described(request, proposal, section)
    if request.method != "POST":
        return _page(request, proposal, described, None)
    form = SectionForm(described, data=request.POST)
    if not form.is_valid():
        return _page(request, proposal, described, form)
    try:
        saved = _save(request, proposal, form, described)
    except StaleText as stale:
        return _conflict_page(request, proposal, described, stale)
    row = proposal_for(request, proposal).proposal
    here = address("section", row, described.id)
    asked = request.POST.get("next", "")
    if asked == "check":
        return redirect(f"{here}?check=1")
    if asked == "stay":
        messages.success(request, f"Saved {clock_words(saved)}.")
        return redirect(here)
    return redirect(next_step_address(proposal_page(request, proposal, ""), described.id))


@require_POST
@gate(reads_proposal)
def autosave(request: HttpRequest, proposal: str, section: str) -> HttpResponse:
    """Save in the background: JSON with the new version, or both texts when it is stale."""
    described = _described(request, proposal, section)
    form = SectionForm(described, data=request.POST)
    if not form.is_valid():
        return JsonResponse({"errors": form.errors.get_json_data()}, status=422)
    try:
        saved = _save(request, proposal, form, described)
    except StaleText as stale:
        return JsonResponse(both_texts(described, stale), status=409)
    except Refused as refused:
        refusal = refused.refusal
        return JsonResponse({"code": refusal.code, "detail": refusal.sentence}, status=422)
    answer = JsonResponse({"version": saved.version, "saved_at": clock_words(saved)})
    answer["ETag"] = f'"{saved.version}"'
    return answer


def _save(
    request: HttpRequest, proposal: str, form: SectionForm, described: Section
) -> ProposalSection:
    return save_proposal_section(
        actor=actor_of(request),
        at=arrival_of(request),
        proposal=proposal_for(request, proposal).proposal,
        written=Written(described.id, form.cleaned_data, version_of(request)),
    )


def _described(request: HttpRequest, proposal: str, section: str) -> Section:
    row = proposal_for(request, proposal).proposal
    for one in form_of(row.competition):
        if one.id == section:
            return one
    raise Http404


def _page(
    request: HttpRequest, proposal: str, described: Section, form: SectionForm | None
) -> HttpResponse:
    context = proposal_page(request, proposal, described.title)
    row = section_rows(context["proposal"]).get(described.id) or ProposalSection(
        section_id=described.id
    )
    answers = cleaned(described, row.answers)
    form = form or _shown(request, context, described, answers)
    context |= {
        "section": described,
        "row": row,
        "form": form,
        "steps": steps_of(context, described.id),
        "refusal": edit_refusal(context["proposal"].status),
        "is_last": context["standings"][-1]["standing"].id == described.id,
    }
    if described.id == BUDGET:
        context |= budget_context(form, context["draft"])
    if described.id == MILESTONES:
        context |= milestone_context(form)
    return render(request, f"{FOLDER}/{SHEETS.get(described.id, 'section')}.html", context)


def _shown(
    request: HttpRequest, context: dict[str, Any], described: Section, answers: dict[str, Any]
) -> SectionForm:
    if "check" not in request.GET:
        return SectionForm(described, initial=answers)
    form = SectionForm(described, data=answers)
    form.full_clean()
    for one in context["standings"]:
        form.show_problems(
            problem
            for problem in one["standing"].problems
            if problem.section_id == described.id and problem.question_id in form.fields
        )
    return form


def _conflict_page(
    request: HttpRequest, proposal: str, described: Section, stale: StaleText
) -> HttpResponse:
    context = proposal_page(request, proposal, described.title)
    theirs = cleaned(described, stale.saved.answers)
    context |= {
        "section": described,
        "saved": stale.saved,
        "form": SectionForm(described, initial=stale.mine),
        "differences": differences(described, stale.mine, theirs),
    }
    return render(request, f"{FOLDER}/section_conflict.html", context, status=409)
