"""How long the record of a case is kept, and the hold that stops the clock."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from accounts.actors import actor_of, arrival_of
from accounts.gates import gate
from certification.forms.keeping import HoldForm
from certification.permissions.decisions import case_for, reads_case, works_on_case
from certification.queries.actor_names import actor_names
from certification.web.staff_pages import key_of, staff_page
from kit.refusals import Refused
from trail.actions.hold_case import place_hold, release_hold
from trail.models import Case
from trail.queries.retention import keeping_of


@gate(reads_case)
@require_http_methods(["GET", "HEAD", "POST"])
def keeping(request: HttpRequest, application: str) -> HttpResponse:
    """Show the schedule; place a hold, or release the one there is."""
    case = case_for(request, application).application.case
    refusal = works_on_case(request, application)
    form = HoldForm(request.POST or None)
    if request.method == "POST" and refusal is None and form.is_valid():
        said = _change_hold(request, case, form)
        if said:
            messages.success(request, said)
            return redirect("certification:staff_keeping", application)
    status = 403 if request.method == "POST" and refusal is not None else 200
    kept = keeping_of(case)
    people = [kept.hold.placed_by] if kept.hold else []
    context = staff_page(request, application, "Keeping")
    context |= {
        "kept": kept,
        "form": form,
        "refusal": refusal,
        "placed_by": actor_names(people).get(people[0], "") if people else "",
    }
    return render(request, "certification/staff/keeping.html", context, status=status)


def _change_hold(request: HttpRequest, case: Case, form: HoldForm) -> str:
    """Do what the button said, not what would be possible now: somebody may have been first."""
    is_release = request.POST.get("wish") == "release"
    act = release_hold if is_release else place_hold
    try:
        act(
            actor=actor_of(request),
            at=arrival_of(request),
            case=case,
            reason=form.cleaned_data["reason"],
            key=key_of(request),
        )
    except Refused as refused:
        form.add_error(None, refused.refusal.sentence)
        return ""
    return "The hold is released." if is_release else "The record is on hold."
