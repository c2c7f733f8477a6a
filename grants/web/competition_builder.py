"""The builder: a draft begun from the standard notice and edited part by part."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from accounts.actors import actor_of, arrival_of
from accounts.gates import gate
from accounts.models import Agency
from grants.actions.create_competition import NewCompetition, create_competition
from grants.actions.edit_competition import Edit, StaleNotice, edit_competition
from grants.forms.competition_acts import NewCompetitionForm
from grants.forms.notice_lines import RubricForm, ShortFormForm
from grants.forms.notice_money import MoneyForm
from grants.forms.notice_parts import BasicsForm, DatesForm, JudgingForm, PartForm
from grants.models import Competition
from grants.permissions.competitions import (
    agencies_served,
    competition_for,
    makes_competitions,
    works_on_competition,
)
from grants.queries.notices import notice_of, state_partners
from grants.rules.notice import PART_WORDS, Part
from grants.rules.states import COMPETITION
from grants.web.competition_pages import acting, bound, competition_page, key_of
from kit.refusals import Refused

FORMS: dict[Part, type[PartForm]] = {
    Part.BASICS: BasicsForm,
    Part.DATES: DatesForm,
    Part.MONEY: MoneyForm,
    Part.FORM: ShortFormForm,
    Part.RUBRIC: RubricForm,
    Part.JUDGING: JudgingForm,
}
LEADS = {
    Part.BASICS: "What applicants read first.",
    Part.DATES: "At least 60 days; 30 to 59 with a written reason.",
    Part.MONEY: "What one proposal may ask for, what it must raise, and what there is in all.",
    Part.FORM: "A short form: five questions are the custom. Leave a question empty to drop it; "
    "save to get one more.",
    Part.RUBRIC: "Weights sum to exactly 100. Every criterion says what earns at least three of "
    "the scores. Leave a criterion empty to drop it; save to get one more.",
    Part.JUDGING: "All of this is published at opening and holds until the decision.",
}


@gate(makes_competitions)
@require_http_methods(["GET", "HEAD", "POST"])
def create(request: HttpRequest) -> HttpResponse:
    """Begin a draft."""
    agencies = Agency.objects.filter(pk__in=agencies_served(request)).order_by("name")
    form, status = NewCompetitionForm(bound(request), agencies=agencies), 200
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            made = create_competition(
                actor=actor_of(request),
                at=arrival_of(request),
                agency=given["agency"],
                new=NewCompetition(given["opportunity_number"], given["title"]),
                key=key_of(request),
            )
        except Refused as refused:
            form.add_error(None, refused.refusal.sentence)
            status = 409
        else:
            messages.success(
                request, "The draft starts from the standard notice. Go through its six parts."
            )
            return redirect("grants:staff_competition", competition=made.reference)
    return render(request, "grants/competitions/create.html", {"form": form}, status=status)


@gate(works_on_competition)
@require_http_methods(["GET", "HEAD", "POST"])
def edit_part(request: HttpRequest, competition: str, part: str) -> HttpResponse:
    """Write one part of the draft.

    Raises:
        Refused: on opening the page of a competition that is no draft.
    """
    row, which = competition_for(request, competition), part_named(part)
    if request.method != "POST":
        COMPETITION.move(row.status, "ask_clearance")
    form = part_form(which, row, bound(request))
    context: dict[str, Any] = {"form": form, "part": which, "version": row.version}
    status = 200
    if request.method == "POST" and form.is_valid():
        edit = Edit(which, form.text(), form.seen_version())
        try:
            edit_competition(**acting(request, competition), edit=edit, key=key_of(request))
        except StaleNotice as stale:
            context |= {"stale": stale, "version": stale.saved.version}
            status = 409
        except Refused as refused:
            form.add_error(None, refused.refusal.sentence)
            status = 409
        else:
            return _saved(request, competition, which)
    elif request.method == "POST":
        # What was typed rests on what was seen then, not on what is saved by now.
        context["version"] = request.POST.get("version", "0")
    context |= competition_page(request, competition, PART_WORDS[which])
    context["lead"] = LEADS[which]
    return render(request, "grants/competitions/part.html", context, status=status)


def part_named(code: str) -> Part:
    """The part of an address, or 404."""
    if code not in set(Part):
        raise Http404
    return Part(code)


def part_form(part: Part, competition: Competition, data: Any) -> PartForm:  # noqa: ANN401
    """The form of a part, filled with what is stored or with what was sent."""
    kind: Any = FORMS[part]
    initial = kind.initial_of(notice_of(competition).part(part))
    extra: dict[str, Any] = {}
    if part is Part.MONEY:
        extra = {"agency": competition.agency, "partners": state_partners()}
    form: PartForm = kind(data, initial=initial, **extra)
    return form


def _saved(request: HttpRequest, reference: str, part: Part) -> HttpResponse:
    messages.success(request, f"{PART_WORDS[part]}: saved.")
    parts = list(Part)
    place = parts.index(part) + 1
    if request.POST.get("next") == "stay":
        return redirect("grants:edit_competition", competition=reference, part=part.value)
    if place < len(parts):
        return redirect("grants:edit_competition", competition=reference, part=parts[place].value)
    return redirect("grants:staff_competition", competition=reference)
