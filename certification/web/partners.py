"""Governments: whom the group needs, whom it asked, what they answered."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accounts.actors import actor_of, arrival_of
from accounts.gates import gate
from certification.actions.ask_government import ask_government
from certification.actions.remind_addressee import remind_addressee
from certification.actions.take_back_request import take_back_request
from certification.forms.partners import GovernmentForm
from certification.models import GovernmentCommitment
from certification.permissions.groups import administers_group, reads_group
from certification.queries.county_index import county_index
from certification.queries.partners import StateNeed, region_states, states_needed
from certification.rules.participants import GOVERNMENT_LEVEL_WORDS, GovernmentLevel
from certification.rules.states import COMMITMENT, CommitmentState
from certification.web.group_pages import group_at, group_page
from kit.refusals import Refused

TONES = {
    CommitmentState.ASKED: "info",
    CommitmentState.SIGNED: "good",
    CommitmentState.DECLINED: "bad",
    CommitmentState.EXPIRED: "warn",
    CommitmentState.WITHDRAWN: "quiet",
}
OPEN = frozenset({CommitmentState.ASKED, CommitmentState.EXPIRED})


@gate(reads_group)
@require_GET
def partners(request: HttpRequest, group: str) -> HttpResponse:
    """Say which governments must sign and list whom the group asked."""
    context = group_page(request, group, "Government")
    here = context["group"]
    needs = states_needed(here, arrival_of(request).date())
    names = region_states(here)
    context |= {
        "needs": [_need(one) for one in needs],
        "rows": [_line(row, names) for row in here.commitments.all()],
        "is_complete": all(_is_signed(one.own) and _is_signed(one.local) for one in needs),
    }
    return render(request, "certification/partners/partners.html", context)


@gate(administers_group)
@require_http_methods(["GET", "POST"])
def ask(request: HttpRequest, group: str) -> HttpResponse:
    """Ask a government to sign the commitment."""
    here = group_at(request, group)
    initial = {name: request.GET.get(name, "") for name in ("level", "state_fips")}
    form = GovernmentForm(
        request.POST or None,
        initial=initial,
        states=region_states(here),
        counties=county_index(),
    )
    if request.method == "POST" and form.is_valid():
        try:
            commitment = ask_government(
                actor=actor_of(request),
                at=arrival_of(request),
                group=here,
                body=form.body(),
                key=request.POST.get("idempotency_key", ""),
            )
        except Refused as refused:
            form.add_error("body_name", refused.refusal.sentence)
        else:
            text = f"We have written to {commitment.contact_email}. The link works for 60 days."
            messages.success(request, text)
            return redirect("certification:partners", group)
    context = group_page(request, group, "Government")
    context["form"] = form
    return render(request, "certification/partners/ask.html", context)


@gate(reads_group)
@require_GET
def commitment(request: HttpRequest, group: str, commitment: str) -> HttpResponse:
    """Show one request: to whom, what was answered, what can be done."""
    row = _row(request, group, commitment)
    letters = row.invitations.select_related("signature").order_by("-sent_at")
    context = group_page(request, group, "Government")
    names = region_states(context["group"])
    context |= {
        "line": _line(row, names),
        "row": row,
        "letters": letters,
        "signature": next((one.signature for one in letters if one.used_at), None),
        "is_unanswered": row.state in OPEN,
    }
    return render(request, "certification/partners/commitment.html", context)


@gate(administers_group)
@require_POST
def remind_government(request: HttpRequest, group: str, commitment: str) -> HttpResponse:
    """Write again with a new link."""
    row = _row(request, group, commitment)
    try:
        remind_addressee(
            actor=actor_of(request),
            at=arrival_of(request),
            addressee=row,
            key=request.POST.get("idempotency_key", ""),
        )
    except Refused as refused:
        messages.error(request, refused.refusal.sentence)
    else:
        messages.success(request, f"We have written to {row.contact_email} again, with a new link.")
    return redirect("certification:commitment", group, commitment)


@gate(administers_group)
@require_POST
def take_back_government(request: HttpRequest, group: str, commitment: str) -> HttpResponse:
    """Take back a request that nobody has answered."""
    row = _row(request, group, commitment)
    take_back_request(
        actor=actor_of(request),
        at=arrival_of(request),
        addressee=row,
        key=request.POST.get("idempotency_key", ""),
    )
    messages.success(request, f"The request to {row} is taken back; its link no longer works.")
    return redirect("certification:partners", group)


def _row(request: HttpRequest, group: str, reference: str) -> GovernmentCommitment:
    rows = group_at(request, group).commitments.select_related("group__case")
    return get_object_or_404(rows, reference=reference)


def _line(row: GovernmentCommitment, names: dict[str, str]) -> dict[str, Any]:
    state = CommitmentState(row.state)
    return {
        "row": row,
        "level": GOVERNMENT_LEVEL_WORDS[GovernmentLevel(row.level)],
        "state_name": names.get(row.state_fips, row.state_fips),
        "tag": {"text": COMMITMENT.labels[state], "tone": TONES[state]},
    }


def _need(one: StateNeed) -> dict[str, Any]:
    return {"need": one, "has_state": _is_signed(one.own), "has_local": _is_signed(one.local)}


def _is_signed(row: GovernmentCommitment | None) -> bool:
    return row is not None and row.state == CommitmentState.SIGNED
