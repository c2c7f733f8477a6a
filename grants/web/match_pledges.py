"""Promises during an award: the group lists and asks, a programme officer accepts or releases."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.actors import actor_of, arrival_of
from accounts.gates import gate
from grants.actions.ask_confirmation import ask_pledge
from grants.actions.list_pledge import (
    accept_pledge,
    list_pledge,
    release_pledge,
    take_out_pledge,
)
from grants.forms.match import ReleaseForm
from grants.forms.proposals import GiverForm
from grants.models import Pledge
from grants.permissions.awards import (
    award_for,
    holds_accepted_award,
    reads_award,
    staff_award_for,
    works_on_award,
)
from grants.queries.match_balances import held_in
from grants.queries.match_pages import pledge_facts, pledge_word
from grants.rules.match.accounts import MatchAccount
from grants.rules.panel_states import MATCH, MatchState
from grants.web.award_pages import acting_as_member, award_page, staff_award_page
from kit.refusals import Refused

ASK_WORDS = {
    MatchState.LISTED: "Ask the giver to sign",
    MatchState.ASKED: "Remind the giver",
    MatchState.DECLINED: "Ask again",
}


@gate(holds_accepted_award)
@require_http_methods(["GET", "HEAD", "POST"])
def add_pledge(request: HttpRequest, award: str) -> HttpResponse:
    """Write a further promise down."""
    row = award_for(request, award).award
    classes = row.selected.proposal.competition.giver_classes
    form = GiverForm(request.POST or None, classes=classes)
    if request.method == "POST" and form.is_valid():
        try:
            key = request.POST.get("idempotency_key", "")
            made = list_pledge(giver=form.draft(), key=key, **acting_as_member(request, award))
        except Refused as refused:
            form.add_error(None, refused.refusal.sentence)
        else:
            messages.success(request, "Listed. Ask the giver to sign it.")
            return redirect("grants:pledge", award, made.reference)
    context = award_page(request, award, "Add a promise") | {"form": form}
    return render(request, "grants/match/add_pledge.html", context)


@gate(holds_accepted_award)
@require_safe
def pledge(request: HttpRequest, award: str, pledge: str) -> HttpResponse:
    """Show a promise with what its giver said."""
    row = _own(request, award, pledge)
    state = MatchState(row.state)
    context = award_page(request, award, row.giver_name)
    context |= _shown(row) | {
        "ask_words": ASK_WORDS.get(state, ""),
        "can_take_out": state in ASK_WORDS,
    }
    return render(request, "grants/match/pledge.html", context)


@require_POST
@gate(holds_accepted_award)
def ask(request: HttpRequest, award: str, pledge: str) -> HttpResponse:
    """Write to the giver, or write again."""
    row = _own(request, award, pledge)
    said = f"We have written to {row.contact_email}. The link works for 30 days."
    return _do(request, row, ask_pledge, said, "grants:pledge")


@require_POST
@gate(holds_accepted_award)
def take_out(request: HttpRequest, award: str, pledge: str) -> HttpResponse:
    """Take a promise out that nobody has signed."""
    row = _own(request, award, pledge)
    return _do(request, row, take_out_pledge, "Taken out.", "grants:pledge")


@gate(reads_award)
@require_safe
def staff_pledge(request: HttpRequest, award: str, pledge: str) -> HttpResponse:
    """Show a promise as officers read it."""
    return _staff_page(request, _of_staff(request, award, pledge))


@require_POST
@gate(works_on_award)
def accept(request: HttpRequest, award: str, pledge: str) -> HttpResponse:
    """Accept what was signed into the approved budget."""
    row = _of_staff(request, award, pledge)
    return _do(request, row, accept_pledge, "Accepted into the budget.", "grants:staff_pledge")


@require_POST
@gate(works_on_award)
def release(request: HttpRequest, award: str, pledge: str) -> HttpResponse:
    """Reduce the promise, or release it whole."""
    row, form = _of_staff(request, award, pledge), ReleaseForm(request.POST)
    if not form.is_valid():
        return _staff_page(request, row, form)
    try:
        release_pledge(**form.cleaned_data, **_act(request, row))
    except Refused as refused:
        form.add_error(None, refused.refusal.sentence)
        return _staff_page(request, row, form)
    messages.success(request, "Released by reversing entries.")
    return redirect("grants:staff_pledge", award, pledge)


def _own(request: HttpRequest, award: str, reference: str) -> Pledge:
    rows = Pledge.objects.select_related("award__case")
    return get_object_or_404(rows, award=award_for(request, award).award, reference=reference)


def _of_staff(request: HttpRequest, award: str, reference: str) -> Pledge:
    rows = Pledge.objects.select_related("award__case")
    return get_object_or_404(rows, award=staff_award_for(request, award), reference=reference)


def _act(request: HttpRequest, row: Pledge) -> dict[str, Any]:
    return {
        "actor": actor_of(request),
        "at": arrival_of(request),
        "pledge": row,
        "key": request.POST.get("idempotency_key", ""),
    }


def _do(
    request: HttpRequest, row: Pledge, verb: Callable[..., object], said: str, back: str
) -> HttpResponse:
    try:
        verb(**_act(request, row))
    except Refused as refused:
        messages.error(request, refused.refusal.sentence)
    else:
        messages.success(request, said)
    return redirect(back, row.award.reference, row.reference)


def _shown(row: Pledge) -> dict[str, Any]:
    return {
        "pledge": row,
        "state": MATCH.labels[MatchState(row.state)],
        "facts": pledge_facts(row),
        "giver": pledge_word(row),
    }


def _staff_page(request: HttpRequest, row: Pledge, form: forms.Form | None = None) -> HttpResponse:
    reference = row.award.reference
    context = staff_award_page(request, reference, row.giver_name)
    context |= _shown(row) | {
        "gate_refusal": works_on_award(request, reference),
        "form": form or ReleaseForm(),
        "is_waiting": held_in(row.entries.all(), MatchAccount.PLEDGED) > 0,
        "has_open": held_in(row.entries.all(), MatchAccount.COMMITTED) > 0,
        "entries": row.entries.filter(contribution=None).order_by("number"),
    }
    return render(request, "grants/match/staff_pledge.html", context)
