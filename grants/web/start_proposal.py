"""Your proposals, and the page on which one is started from an open competition."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from accounts.actors import actor_of, arrival_of, person_of
from accounts.gates import gate, signed_in
from certification.models import ClusterGroup
from grants.actions.start_proposal import start_proposal
from grants.models import Competition, Proposal
from grants.permissions.proposals import sees_competition
from grants.queries.proposals import (
    designation_of,
    groups_of,
    live_proposal_of,
    proposals_of,
    start_of,
)
from grants.rules.starting import last_minute, start_refusals
from grants.rules.states import PROPOSAL, ProposalState
from grants.web.proposal_pages import address
from kit.refusals import Refused

FOLDER = "grants/proposals"
TONES = {
    ProposalState.SELECTED: "good",
    ProposalState.DRAFT: "turn",
    ProposalState.READY: "turn",
    ProposalState.REJECTED_WITH_ERRORS: "bad",
}


@gate(signed_in)
@require_safe
def proposals(request: HttpRequest) -> HttpResponse:
    """List the proposals of one's groups."""
    rows = [
        {
            "proposal": row,
            "status": PROPOSAL.public_label(row.status),
            "tone": TONES.get(row.status, "quiet"),
            "url": address("proposal", row),
            "last_minute": last_minute(row.competition.closes_at),
        }
        for row in proposals_of(person_of(request))
    ]
    return render(request, f"{FOLDER}/proposals.html", {"rows": rows})


@gate(sees_competition)
@require_http_methods(["GET", "HEAD", "POST"])
def start(request: HttpRequest, competition: str) -> HttpResponse:
    """Say for which of one's groups a proposal can be started, and start it."""
    row = get_object_or_404(
        Competition.objects.opened().select_related("case", "agency"), case__reference=competition
    )
    if request.method == "POST":
        return _start(request, row)
    return _page(request, row)


def _start(request: HttpRequest, competition: Competition) -> HttpResponse:
    mine = ClusterGroup.objects.filter(seats__user=person_of(request), seats__until=None)
    group = get_object_or_404(mine.distinct(), case__reference=request.POST.get("group", ""))
    try:
        proposal = start_proposal(
            actor=actor_of(request),
            at=arrival_of(request),
            competition=competition,
            group=group,
            key=request.POST.get("idempotency_key", ""),
        )
    except Refused as refused:
        messages.error(request, refused.refusal.sentence)
        return _page(request, competition)
    messages.success(request, "The proposal is started. What you write is saved as you go.")
    return redirect(address("proposal", proposal))


def _page(request: HttpRequest, competition: Competition) -> HttpResponse:
    choices = [_choice(request, competition, group) for group in groups_of(person_of(request))]
    context = {
        "competition": competition,
        "choices": choices,
        "last_minute": last_minute(competition.closes_at),
    }
    return render(request, f"{FOLDER}/start.html", context)


def _choice(request: HttpRequest, competition: Competition, group: ClusterGroup) -> dict[str, Any]:
    at = arrival_of(request)
    live: Proposal | None = live_proposal_of(group, competition)
    refusals = start_refusals(start_of(competition, group, actor_of(request), at))
    return {
        "group": group,
        "designation": designation_of(group, at),
        "live_url": address("proposal", live) if live else "",
        "refusal": refusals[0] if refusals else None,
        "fields": {"group": group.case.reference},
    }
