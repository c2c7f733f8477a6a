"""An officer lets a group submit after the close; how many came late, and why."""

from __future__ import annotations

from datetime import timedelta

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from accounts.actors import actor_of, arrival_of
from accounts.gates import gate, refusal_page
from grants.actions.allow_late import Leave, allow_late
from grants.forms.proposals import LateForm
from grants.models import Competition, Proposal
from grants.permissions.competitions import (
    competition_for,
    reads_competition,
    works_on_competition,
)
from grants.queries.late_leaves import late_counts, leaves_of
from grants.rules.late import LateReason
from grants.web.competition_pages import competition_page
from kit.refusals import Refused

HERE = "Late submissions"
UNKNOWN = "This competition has no proposal of this reference. Ask the group for it."


@gate(reads_competition)
@require_http_methods(["GET", "HEAD", "POST"])
def late_leaves(request: HttpRequest, competition: str) -> HttpResponse:
    """List the leaves of a competition, and grant one."""
    form = LateForm(request.POST or None)
    row = competition_for(request, competition)
    refusal = works_on_competition(request, competition)
    if request.method == "POST" and refusal is not None:
        return refusal_page(request, refusal)
    if request.method == "POST" and form.is_valid() and _grant(request, row, form):
        return redirect("grants:late_leaves", competition)
    context = competition_page(request, competition, HERE)
    context |= {
        "form": form,
        "refusal": refusal,
        "leaves": leaves_of(row),
        "counts": late_counts(row),
    }
    return render(request, "grants/competitions/late_leaves.html", context)


def _grant(request: HttpRequest, competition: Competition, form: LateForm) -> bool:
    given = form.cleaned_data
    proposal = Proposal.objects.filter(
        competition=competition, case__reference=given["proposal"].upper()
    ).first()
    if proposal is None:
        form.add_error("proposal", UNKNOWN)
        return False
    at = arrival_of(request)
    until = at + timedelta(hours=given["hours"])
    try:
        allow_late(
            actor=actor_of(request),
            at=at,
            proposal=proposal,
            leave=Leave(LateReason(given["reason"]), given["note"], until),
            key=request.POST.get("idempotency_key", ""),
        )
    except Refused as refused:
        form.add_error(None, refused.refusal.sentence)
        return False
    messages.success(request, "The group may submit late. We have written to it.")
    return True
