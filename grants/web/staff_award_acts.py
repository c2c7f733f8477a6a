"""What officers do with an award: draft, check, sign, send back, offer."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from accounts.actors import actor_of, arrival_of
from accounts.gates import gate
from grants.actions.check_award_risk import add_condition, check_award_risk, remove_condition
from grants.actions.draft_award import draft_award, send_to_risk_review, write_award
from grants.actions.offer_award import extend_offer, offer_award
from grants.actions.sign_award import change_award, sign_award
from grants.actions.withdraw_offer import withdraw_offer
from grants.forms.awards import (
    AwardTermsForm,
    ConditionForm,
    ExtendForm,
    ReasonForm,
    RiskForm,
    SignForm,
)
from grants.permissions.awards import (
    changes_award,
    drafts_award,
    obligates_award,
    selected_case,
    signs_award,
    staff_award_for,
    works_on_award,
)
from grants.queries.award_words import digest_of, findings_of
from grants.queries.awards import budget_of
from grants.rules.award_signing import CHECK_WORDS, STALE, STATEMENTS, WAITS_FOR, RiskCheck
from grants.rules.award_states import AWARD, StepKind
from grants.web.award_pages import acting_as_staff, staff_award_page
from grants.web.competition_pages import bound, key_of
from kit.refusals import Refused


@dataclass(frozen=True, slots=True)
class ActPage:
    """The page of one act: its words; ``words`` shows the whole award above the form."""

    title: str
    lead: str
    button: str
    done: str
    is_grave: bool = False
    shows_words: bool = False


@require_POST
@gate(drafts_award)
def draft(request: HttpRequest, proposal: str) -> HttpResponse:
    """Draft the award to a selected proposal."""
    selected = selected_case(request, proposal)
    if selected is None:
        raise Http404
    row = draft_award(
        actor=actor_of(request), at=arrival_of(request), selected=selected, key=key_of(request)
    )
    messages.success(request, "Drafted from the proposal. Look at the period and the terms.")
    return redirect("grants:staff_award", award=row.reference)


@require_http_methods(["GET", "HEAD", "POST"])
@gate(works_on_award)
def write(request: HttpRequest, award: str) -> HttpResponse:
    """Write period and terms of a draft."""
    row = staff_award_for(request, award)
    names = AwardTermsForm.base_fields
    form = AwardTermsForm(bound(request), initial={name: getattr(row, name) for name in names})
    page = ActPage(
        "Period and terms",
        "Amount, share and budget are those of the selected proposal.",
        "Save",
        "Saved.",
    )

    def act(key: str) -> None:
        write_award(**acting_as_staff(request, award), terms=form.said(), key=key)

    return act_form(request, award, page, form, act)


@require_POST
@gate(works_on_award)
def review(request: HttpRequest, award: str) -> HttpResponse:
    """Close the draft."""
    send_to_risk_review(**acting_as_staff(request, award), key=key_of(request))
    messages.success(request, "The draft is closed. Four checks of risk follow.")
    return redirect("grants:staff_award", award=award)


@require_http_methods(["GET", "HEAD", "POST"])
@gate(works_on_award)
def check(request: HttpRequest, award: str, check: str) -> HttpResponse:
    """Write what one check found."""
    if check not in set(RiskCheck):
        raise Http404
    kind, form = RiskCheck(check), RiskForm(bound(request))
    words = CHECK_WORDS[kind]
    page = ActPage(f"Check: {words.title.lower()}", words.text, "Save the finding", "Recorded.")
    if request.method != "POST" and kind in findings_of(staff_award_for(request, award)):
        messages.info(request, "This check is done. A change of the award asks for it anew.")
        return redirect("grants:staff_award", award=award)

    def act(key: str) -> None:
        check_award_risk(**acting_as_staff(request, award), found=form.found(kind), key=key)

    return act_form(request, award, page, form, act)


@require_http_methods(["GET", "HEAD", "POST"])
@gate(works_on_award)
def condition(request: HttpRequest, award: str) -> HttpResponse:
    """Add a specific condition."""
    form = ConditionForm(bound(request))
    page = ActPage(
        "Add a specific condition",
        "The recipient reads all five elements in the offer (2 CFR 200.208).",
        "Add the condition",
        "Added.",
    )

    def act(key: str) -> None:
        add_condition(**acting_as_staff(request, award), words=form.words(), key=key)

    return act_form(request, award, page, form, act)


@require_http_methods(["GET", "HEAD", "POST"])
@gate(works_on_award)
def lift_condition(request: HttpRequest, award: str, condition: int) -> HttpResponse:
    """Remove a specific condition."""
    rows = staff_award_for(request, award).conditions.filter(removed_at=None, pk=condition)
    found = rows.first()
    if found is None:
        raise Http404
    form = ReasonForm(bound(request))
    page = ActPage(
        "Remove the condition",
        found.nature,
        "Remove it",
        "Removed. The record keeps its words and your reason.",
    )

    def act(key: str) -> None:
        remove_condition(
            **acting_as_staff(request, award),
            condition=condition,
            reason=form.cleaned_data["reason"],
            key=key,
        )

    return act_form(request, award, page, form, act)


@require_http_methods(["GET", "HEAD", "POST"])
@gate(signs_award, fresh=True)
def sign(request: HttpRequest, award: str, kind: str) -> HttpResponse:
    """Show the whole award and sign one of the four steps."""
    step, row = StepKind(kind), staff_award_for(request, award)
    seen = {"seen": digest_of(row)}
    form = SignForm(bound(request), initial=seen, statement=STATEMENTS[step])
    label = AWARD.transition(kind).label
    page = ActPage(
        label,
        "Read everything. Your signature names these words; a change of them voids it.",
        f"Sign: {label.lower()}",
        "Signed.",
        shows_words=True,
    )
    if request.method != "POST" and WAITS_FOR.get(row.status) is not step:
        messages.info(request, "This step is not to be signed now.")
        return redirect("grants:staff_award", award=award)

    def act(key: str) -> None:
        sign_award(
            **acting_as_staff(request, award), kind=step, seen=form.cleaned_data["seen"], key=key
        )

    return act_form(request, award, page, form, act)


@require_http_methods(["GET", "HEAD", "POST"])
@gate(changes_award)
def change(request: HttpRequest, award: str) -> HttpResponse:
    """Open the draft again."""
    form = ReasonForm(bound(request))
    page = ActPage(
        "Change the draft",
        "Every signature becomes void, the money goes back into the pool, and the checks of risk "
        "are done anew.",
        "Open the draft again",
        "The draft is open again. What was signed is void.",
        is_grave=True,
    )

    def act(key: str) -> None:
        change_award(**acting_as_staff(request, award), reason=form.cleaned_data["reason"], key=key)

    return act_form(request, award, page, form, act)


@require_POST
@gate(obligates_award, fresh=True)
def offer(request: HttpRequest, award: str) -> HttpResponse:
    """Offer the award to the group."""
    offer_award(**acting_as_staff(request, award), key=key_of(request))
    messages.success(request, "Offered. Everybody with a seat in the group has a letter.")
    return redirect("grants:staff_award", award=award)


@require_http_methods(["GET", "HEAD", "POST"])
@gate(obligates_award)
def extend(request: HttpRequest, award: str) -> HttpResponse:
    """Give the group more time to answer."""
    form = ExtendForm(bound(request))
    page = ActPage(
        "More time to answer",
        "The group gets a letter with the new last day and your reason.",
        "Give more time",
        "The group has more time, and a letter that says so.",
    )

    def act(key: str) -> None:
        extend_offer(
            **acting_as_staff(request, award),
            answer_by=form.cleaned_data["answer_by"],
            reason=form.cleaned_data["reason"],
            key=key,
        )

    return act_form(request, award, page, form, act)


@require_http_methods(["GET", "HEAD", "POST"])
@gate(obligates_award, fresh=True)
def withdraw(request: HttpRequest, award: str) -> HttpResponse:
    """Take back an offer that the group left unanswered."""
    form = ReasonForm(bound(request))
    page = ActPage(
        "Take the offer back",
        "The money goes back into the pool. The group gets a letter with your reason. This cannot "
        "be undone: to wait longer, give more time instead.",
        "Take the offer back",
        "Taken back. The money is free, and the group has a letter.",
        is_grave=True,
    )

    def act(key: str) -> None:
        reason = form.cleaned_data["reason"]
        withdraw_offer(**acting_as_staff(request, award), reason=reason, key=key)

    return act_form(request, award, page, form, act)


def act_form(
    request: HttpRequest,
    reference: str,
    page: ActPage,
    form: forms.Form,
    act: Callable[[str], None],
) -> HttpResponse:
    """Show the form of an act, or do it and go back to the award; what was typed stays."""
    status = 200
    if request.method == "POST" and form.is_valid():
        try:
            act(key_of(request))
        except Refused as refused:
            if refused.refusal == STALE:
                return _read_again(request)
            form.add_error(None, refused.refusal.sentence)
            status = 409
        else:
            messages.success(request, page.done)
            return redirect("grants:staff_award", award=reference)
    context: dict[str, Any] = staff_award_page(request, reference, page.title)
    row = context["award"]
    context |= {"page": page, "form": form}
    if page.shows_words:
        context |= {
            "budget": budget_of(row),
            "conditions": row.conditions.filter(removed_at=None),
            "findings": row.risk_findings.filter(version=row.version),
        }
    return render(request, "grants/awards/act.html", context, status=status)


def _read_again(request: HttpRequest) -> HttpResponse:
    """Open the page anew: with the words as they are now, and their digest."""
    messages.error(request, STALE.sentence)
    return redirect(request.path)
