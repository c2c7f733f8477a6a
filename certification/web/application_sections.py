"""Writing a section: by hand, by autosave, and when two people write at once."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from accounts.actors import actor_of, arrival_of
from accounts.gates import gate
from certification.actions.save_section import save_section
from certification.actions.store_answers import StaleText, Written
from certification.forms.application import SectionForm, bound_section
from certification.models import ApplicationSection
from certification.permissions.applications import application_for, reads_application
from certification.queries.applications import sections_of
from certification.rules.application_form import BY_ID, Section, problems
from certification.rules.drafting import cleaned, differences
from certification.rules.submission import WRITABLE, edit_refusal
from certification.web.application_pages import address, application_page, steps_of
from certification.web.saving import both_texts, clock_words, version_of
from kit.refusals import Refused

FOLDER = "certification/application"


@gate(reads_application)
@require_http_methods(["GET", "HEAD", "POST"])
def section(request: HttpRequest, application: str, section: str) -> HttpResponse:
    """Show a section and save it; works without JavaScript."""
    described = _described(section)
    opened = application_for(request, application)
    row = sections_of(opened.application)[described.id]
    if request.method != "POST":
        return _page(request, application, row, _shown(request, described, row))
    form = SectionForm(described, data=request.POST)
    if not form.is_valid():
        return _page(request, application, row, form)
    try:
        saved = _save(request, application, form, described)
    except StaleText as stale:
        return _conflict_page(request, application, stale)
    if request.POST.get("next") == "stay":
        messages.success(request, f"Saved {clock_words(saved)}.")
        return redirect(address("application_section", opened.application, described.id))
    return redirect(_next_address(application, request, described))


@require_POST
@gate(reads_application)
def autosave(request: HttpRequest, application: str, section: str) -> HttpResponse:
    """Save in the background: JSON with the new version, or both texts when it is stale."""
    described = _described(section)
    form = SectionForm(described, data=request.POST)
    if not form.is_valid():
        return JsonResponse({"errors": form.errors.get_json_data()}, status=422)
    try:
        saved = _save(request, application, form, described)
    except StaleText as stale:
        return JsonResponse(both_texts(described, stale), status=409)
    except Refused as refused:
        refusal = refused.refusal
        return JsonResponse({"code": refusal.code, "detail": refusal.sentence}, status=422)
    answer = JsonResponse({"version": saved.version, "saved_at": clock_words(saved)})
    answer["ETag"] = f'"{saved.version}"'
    return answer


def _save(
    request: HttpRequest, application: str, form: SectionForm, described: Section
) -> ApplicationSection:
    written = Written(described.id, form.cleaned_data, version_of(request))
    return save_section(
        actor=actor_of(request),
        at=arrival_of(request),
        application=application_for(request, application).application,
        written=written,
    )


def _described(section_id: str) -> Section:
    if section_id not in {one.id for one in WRITABLE}:
        raise Http404
    return BY_ID[section_id]


def _shown(request: HttpRequest, described: Section, row: ApplicationSection) -> SectionForm:
    answers = cleaned(described, row.answers)
    if "check" not in request.GET:
        return SectionForm(described, initial=answers)
    form = bound_section(described, answers)
    form.show_problems(problems(described, answers))
    return form


def _page(
    request: HttpRequest, application: str, row: ApplicationSection, form: SectionForm
) -> HttpResponse:
    described = BY_ID[row.section_id]
    context = application_page(request, application, described.title)
    found = context["standings"]
    context |= {
        "section": described,
        "row": row,
        "form": form,
        "steps": steps_of(context["application"], found, described),
        "refusal": edit_refusal(context["application"].status),
        "is_last": described.id == WRITABLE[-1].id,
    }
    return render(request, f"{FOLDER}/section.html", context)


def _conflict_page(request: HttpRequest, application: str, stale: StaleText) -> HttpResponse:
    described = BY_ID[stale.saved.section_id]
    context = application_page(request, application, described.title)
    theirs = cleaned(described, stale.saved.answers)
    context |= {
        "section": described,
        "saved": stale.saved,
        "form": SectionForm(described, initial=stale.mine),
        "differences": differences(described, stale.mine, theirs),
    }
    return render(request, f"{FOLDER}/section_conflict.html", context, status=409)


def _next_address(application: str, request: HttpRequest, described: Section) -> str:
    row = application_for(request, application).application
    ids = [one.id for one in WRITABLE]
    place = ids.index(described.id) + 1
    if place == len(ids):
        return address("application", row)
    return address("application_section", row, ids[place])
