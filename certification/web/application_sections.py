"""Writing a section: by hand, by autosave, and when two people write at once."""

from __future__ import annotations

import re
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.utils.html import strip_tags
from django.views.decorators.http import require_http_methods, require_POST

from accounts.actors import actor_of, arrival_of
from accounts.gates import gate
from certification.actions.save_section import StaleText, Written, save_section
from certification.forms.application import SectionForm, bound_section
from certification.models import ApplicationSection
from certification.permissions.applications import application_for, reads_application
from certification.queries.applications import sections_of
from certification.rules.application_form import BY_ID, Section, problems
from certification.rules.drafting import as_field, cleaned, differences
from certification.rules.submission import WRITABLE, edit_refusal
from certification.web.application_pages import address, application_page, steps_of
from kit.refusals import Refused

FOLDER = "certification/application"
VERSION = re.compile(r'^"?(\d{1,9})"?$', re.ASCII)


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
        messages.success(request, f"Saved {_clock(saved)}.")
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
        return JsonResponse(_both_texts(described, stale), status=409)
    except Refused as refused:
        refusal = refused.refusal
        return JsonResponse({"code": refusal.code, "detail": refusal.sentence}, status=422)
    answer = JsonResponse({"version": saved.version, "saved_at": _clock(saved)})
    answer["ETag"] = f'"{saved.version}"'
    return answer


def _save(
    request: HttpRequest, application: str, form: SectionForm, described: Section
) -> ApplicationSection:
    written = Written(described.id, form.cleaned_data, _version(request))
    return save_section(
        actor=actor_of(request),
        at=arrival_of(request),
        application=application_for(request, application).application,
        written=written,
    )


def _version(request: HttpRequest) -> int:
    given = request.headers.get("If-Match") or request.POST.get("version", "")
    match = VERSION.match(given.strip())
    # Without a version nothing is known of what the writer saw: treat it as the oldest.
    return int(match[1]) if match else 0


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


def _both_texts(described: Section, stale: StaleText) -> dict[str, Any]:
    theirs = cleaned(described, stale.saved.answers)
    return {
        "code": stale.refusal.code,
        "detail": stale.refusal.sentence,
        "version": stale.saved.version,
        "saved_by": stale.saved.saved_by,
        "saved_at": _clock(stale.saved),
        "fields": {name: as_field(value) for name, value in theirs.items()},
    }


def _clock(row: ApplicationSection) -> str:
    page = render_to_string(f"{FOLDER}/saved_at.txt", {"at": row.saved_at})
    return strip_tags(page).strip()


def _next_address(application: str, request: HttpRequest, described: Section) -> str:
    row = application_for(request, application).application
    ids = [one.id for one in WRITABLE]
    place = ids.index(described.id) + 1
    if place == len(ids):
        return address("application", row)
    return address("application_section", row, ids[place])
