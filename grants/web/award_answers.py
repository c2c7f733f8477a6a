"""The group's answer to an offer: an authorized representative accepts or declines."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from accounts.gates import gate
from grants.actions.answer_award import accept_award, decline_award
from grants.forms.awards import AnswerForm, DeclineForm
from grants.permissions.awards import award_for, represents_award
from grants.queries.award_words import offer_digest
from grants.queries.awards import budget_of
from grants.queries.pool_givers import left_out
from grants.rules.award_signing import STALE
from grants.rules.award_states import AwardState
from grants.rules.award_terms import ACCEPTANCE, DECLINING
from grants.web.award_pages import acting_as_member, award_page
from grants.web.competition_pages import key_of
from kit.refusals import Refused


@require_http_methods(["GET", "HEAD"])
@gate(represents_award, fresh=True)
def answer(request: HttpRequest, award: str) -> HttpResponse:
    """Show the whole offer with both answers."""
    if award_for(request, award).award.status is not AwardState.OFFERED:
        messages.info(request, "This offer is not open any more.")
        return redirect("grants:award", award=award)
    return _page(request, award)


@require_POST
@gate(represents_award, fresh=True)
def accept(request: HttpRequest, award: str) -> HttpResponse:
    """Accept the award."""
    form = AnswerForm(request.POST, statement=ACCEPTANCE)
    if not form.is_valid():
        return _page(request, award, accepting=form)
    done = "Accepted. The award is active, and your givers' promises are in its match ledger."

    def act() -> None:
        answer = form.answer()
        accept_award(**acting_as_member(request, award), answer=answer, key=key_of(request))

    return _do(request, award, act, done, lambda: _page(request, award, accepting=form, status=409))


@require_POST
@gate(represents_award, fresh=True)
def decline(request: HttpRequest, award: str) -> HttpResponse:
    """Decline the award."""
    form = DeclineForm(request.POST, statement=DECLINING, prefix="decline")
    if not form.is_valid():
        return _page(request, award, declining=form)

    def act() -> None:
        answer = form.answer()
        decline_award(**acting_as_member(request, award), answer=answer, key=key_of(request))

    back = "Declined. The money is free for others."
    return _do(request, award, act, back, lambda: _page(request, award, declining=form, status=409))


def _do(
    request: HttpRequest,
    award: str,
    act: Callable[[], None],
    done: str,
    again: Callable[[], HttpResponse],
) -> HttpResponse:
    """Do it and go to the award; a refusal is said above the forms, with what was typed."""
    try:
        act()
    except Refused as refused:
        row = award_for(request, award).award
        row.refresh_from_db(fields=["state"])
        messages.error(request, refused.refusal.sentence)
        if row.status is not AwardState.OFFERED:
            return redirect("grants:award", award=award)
        if refused.refusal == STALE:
            # Opened anew: with the words as they are now, and their digest.
            return redirect("grants:answer_award", award=award)
        return again()
    messages.success(request, done)
    return redirect("grants:award", award=award)


def _page(
    request: HttpRequest,
    award: str,
    *,
    accepting: AnswerForm | None = None,
    declining: DeclineForm | None = None,
    status: int = 200,
) -> HttpResponse:
    row = award_for(request, award).award
    seen = {"seen": offer_digest(row)}
    context = award_page(request, award, "Answer the offer")
    context |= {
        "budget": budget_of(row),
        "conditions": row.conditions.filter(removed_at=None),
        "left_out": left_out(row),
        "accepting": accepting or AnswerForm(statement=ACCEPTANCE, initial=seen),
        "declining": declining or DeclineForm(statement=DECLINING, initial=seen, prefix="decline"),
    }
    return render(request, "grants/awards/answer.html", context, status=status)
