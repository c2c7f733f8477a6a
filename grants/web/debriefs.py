"""What a group reads of its result: the debrief, and its appeal."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from accounts.actors import actor_of, arrival_of
from accounts.gates import gate
from grants.actions.appeal_result import file_appeal, withdraw_appeal
from grants.forms.selection import AppealForm
from grants.models import Proposal, ResultAppeal
from grants.permissions.proposals import (
    opened_proposal,
    proposal_for,
    reads_proposal,
    represents_proposal,
)
from grants.queries.debriefs import announced, told, turned_away
from grants.rules.debrief import GROUND_WORDS, QUARTILE_WORDS, AppealGround, appeal_until
from grants.rules.results import score_text
from grants.rules.selection_states import APPEAL
from grants.web.competition_pages import bound, key_of
from kit.refusals import Refused


@gate(reads_proposal)
def debrief(request: HttpRequest, proposal: str) -> HttpResponse:
    """Show how the proposal was judged, from the moment of the announcement on."""
    row = proposal_for(request, proposal).proposal
    found = announced(row, arrival_of(request))
    if found is None:
        raise Http404
    publication, line = found
    if line is None:
        context = _frame(request, row) | {
            "told": turned_away(row),
            "announced_at": publication.public_from,
        }
        return render(request, "grants/debrief/turned_away.html", context)
    said = told(row, publication, line)
    context = _frame(request, row) | {
        "told": said,
        "line": line,
        "quarter": QUARTILE_WORDS[said.quarter],
        "mean": score_text(said.mean),
        "criteria": [
            {"name": one.name, "weight": one.weight, "mean": score_text(one.mean)}
            for one in said.criteria
        ],
        "announced_at": publication.public_from,
    }
    return render(request, "grants/debrief/debrief.html", context)


@require_http_methods(["GET", "POST"])
@gate(represents_proposal)
def appeal(request: HttpRequest, proposal: str) -> HttpResponse:
    """Appeal, or read how the appeal stands."""
    row = proposal_for(request, proposal).proposal
    if announced(row, arrival_of(request)) is None:
        raise Http404
    frame = _frame(request, row)
    grounds = [(one.value, words) for one, words in GROUND_WORDS.items()]
    form = AppealForm(bound(request), grounds=grounds)
    if request.method == "POST" and form.is_valid():
        try:
            file_appeal(
                actor=actor_of(request),
                at=arrival_of(request),
                proposal=row,
                ground=AppealGround(form.cleaned_data["ground"]),
                words=form.cleaned_data["words"],
                key=key_of(request),
            )
        except Refused as refused:
            form.add_error(None, refused.refusal.sentence)
        else:
            messages.success(request, "Your appeal has arrived. You hear from us in writing.")
            return redirect("grants:proposal_appeal", proposal=proposal)
    status = 409 if form.is_bound else 200
    return render(request, "grants/debrief/appeal.html", frame | {"form": form}, status=status)


@require_POST
@gate(represents_proposal)
def withdraw(request: HttpRequest, proposal: str) -> HttpResponse:
    """Take the appeal back."""
    row = proposal_for(request, proposal).proposal
    found = ResultAppeal.objects.filter(proposal=row).first()
    if found is None:
        raise Http404
    withdraw_appeal(
        actor=actor_of(request), at=arrival_of(request), appeal=found, key=key_of(request)
    )
    messages.success(request, "Your appeal is withdrawn.")
    return redirect("grants:proposal_appeal", proposal=proposal)


def _frame(request: HttpRequest, row: Proposal) -> dict[str, Any]:
    found = announced(row, arrival_of(request))
    start = found[0].public_from if found else None
    until: datetime | None = (
        appeal_until(start, row.competition.agency.time_zone) if start is not None else None
    )
    held = ResultAppeal.objects.filter(proposal=row).first()
    opened = opened_proposal(request, row.case.reference)
    return {
        "proposal": row,
        "competition": row.competition,
        "reference": row.case.reference,
        "until": until,
        "is_open": until is not None and arrival_of(request) < until,
        "appeal": held,
        "appeal_words": APPEAL.labels[held.status] if held else "",
        "is_representative": opened is not None
        and represents_proposal(request, row.case.reference) is None,
        "grounds": GROUND_WORDS.values(),
        "trail": [
            {"label": "Your proposals", "url": reverse("grants:proposals")},
            {"label": row.title, "url": reverse("grants:proposal", args=[row.case.reference])},
        ],
    }
