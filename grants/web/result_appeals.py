"""Appeals as the appeals officer reads and decides them."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from accounts.actors import actor_of, arrival_of
from accounts.gates import gate
from grants.actions.appeal_result import decide_appeal
from grants.forms.selection import AppealDecisionForm
from grants.models import ResultAppeal
from grants.permissions.competitions import competition_for
from grants.permissions.selection import decides_appeal, reads_appeals
from grants.rules.selection_states import APPEAL, AppealState
from grants.web.competition_pages import bound, competition_page, key_of
from kit.refusals import Refused

TONES = {AppealState.FILED: "turn", AppealState.UPHELD: "good", AppealState.DISMISSED: "quiet"}


@gate(reads_appeals)
def appeals(request: HttpRequest, competition: str) -> HttpResponse:
    """List the appeals against the result, those that wait first."""
    rows = ResultAppeal.objects.filter(proposal__competition=competition_for(request, competition))
    rows = rows.select_related("proposal__group", "proposal__case").order_by("filed_at")
    found = sorted(rows, key=lambda one: one.status is not AppealState.FILED)
    context = competition_page(request, competition, "Appeals")
    context |= {
        "appeals": [
            {"row": one, "words": APPEAL.labels[one.status], "tone": TONES.get(one.status, "quiet")}
            for one in found
        ]
    }
    return render(request, "grants/appeals/appeals.html", context)


@require_http_methods(["GET", "POST"])
@gate(decides_appeal)
def decide(request: HttpRequest, competition: str, appeal: str) -> HttpResponse:
    """Read one appeal and decide it."""
    rows = ResultAppeal.objects.filter(proposal__competition=competition_for(request, competition))
    row = rows.select_related("proposal__group", "proposal__case").filter(reference=appeal).first()
    if row is None:
        raise Http404
    form = AppealDecisionForm(bound(request))
    if request.method == "POST" and form.is_valid():
        try:
            decide_appeal(
                actor=actor_of(request),
                at=arrival_of(request),
                appeal=row,
                is_upheld=form.cleaned_data["outcome"] == "uphold",
                reasons=form.cleaned_data["reasons"],
                remedy=form.cleaned_data["remedy"],
                key=key_of(request),
            )
        except Refused as refused:
            form.add_error(None, refused.refusal.sentence)
        else:
            messages.success(request, "Decided. The group is told.")
            return redirect("grants:appeals", competition=competition)
    context = competition_page(request, competition, f"Appeal {row.reference}")
    context |= {
        "appeal": row,
        "form": form,
        "words": APPEAL.labels[row.status],
        "tone": TONES.get(row.status, "quiet"),
        "is_open": row.status is AppealState.FILED,
    }
    status = 409 if form.is_bound else 200
    return render(request, "grants/appeals/decide.html", context, status=status)
