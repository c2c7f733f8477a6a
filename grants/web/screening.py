"""Eligibility for staff: the list, a finding, its check, a request to look again, the gate."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from accounts.actors import actor_of, arrival_of
from accounts.gates import gate
from grants.actions.reconsider import answer_reconsideration
from grants.actions.screen_proposal import check_screening, write_screening
from grants.actions.start_review import start_review, start_screening
from grants.forms.panels import AnswerForm, ScreeningCheckForm, ScreeningForm
from grants.models import Proposal
from grants.permissions.competitions import (
    competition_for,
    reads_competition,
    works_on_competition,
)
from grants.queries.officer_names import named
from grants.queries.screening import NOT_SCREENED, lines, screened
from grants.rules.screening import RULE_CITATIONS, ScreeningRule, screening_refusal
from grants.rules.states import PROPOSAL, CompetitionState
from grants.web.competition_pages import acting, bound, competition_page, key_of
from kit.refusals import Refused


@gate(reads_competition)
@require_http_methods(["GET"])
def desk(request: HttpRequest, competition: str) -> HttpResponse:
    """List the submitted proposals with what each waits for."""
    row = competition_for(request, competition)
    is_screening = row.status is CompetitionState.SCREENING
    found = lines(row) if row.status not in NOT_YET else []
    context = competition_page(request, competition, "Screening")
    context |= {
        "lines": found,
        "is_closed": row.status is CompetitionState.CLOSED,
        "is_before": row.status in NOT_YET,
        "is_screening": is_screening,
        "worker": works_on_competition(request, competition),
        "gate": (works_on_competition(request, competition)
                 or screening_refusal(screened(row), arrival_of(request)))
        if is_screening else None,
    }  # fmt: skip
    return render(request, "grants/screening/desk.html", context)


NOT_YET = frozenset(
    {
        CompetitionState.DRAFT,
        CompetitionState.CLEARANCE,
        CompetitionState.SCHEDULED,
        CompetitionState.OPEN,
    }
)


@gate(works_on_competition)
@require_POST
def start(request: HttpRequest, competition: str) -> HttpResponse:
    """Start screening after the close, or review after screening."""
    row = competition_for(request, competition)
    given = acting(request, competition)
    if row.status is CompetitionState.CLOSED:
        start_screening(**given, key=key_of(request))
        messages.success(request, "Screening has started: every proposal waits for a finding.")
    else:
        start_review(**given, key=key_of(request))
        messages.success(request, "The review has started: the eligible proposals are with the "
                         "panel.")  # fmt: skip
    return redirect("grants:screening", competition)


@gate(works_on_competition)
@require_http_methods(["GET", "POST"])
def find(request: HttpRequest, competition: str, proposal: str) -> HttpResponse:
    """Read a proposal's facts and write what was found."""
    row, form = _proposal(request, competition, proposal), ScreeningForm(bound(request))

    def act() -> None:
        write_screening(**_acting(request, row), finding=form.finding(), key=key_of(request))

    said = "The finding waits for a second officer. The group hears nothing before that."
    page = {"title": "Is it eligible?", "button": "Send to a second officer", "said": said}
    return _form(request, competition, row, form, act, page)


@gate(works_on_competition)
@require_http_methods(["GET", "POST"])
def check(request: HttpRequest, competition: str, proposal: str) -> HttpResponse:
    """Agree with a colleague's finding, or send it back."""
    row, form = _proposal(request, competition, proposal), ScreeningCheckForm(bound(request))

    def act() -> None:
        check_screening(**_acting(request, row), check=form.checked(), key=key_of(request))

    page = {"title": "Check the finding", "button": "Send your answer",
            "said": "Your answer is on record."}  # fmt: skip
    return _form(request, competition, row, form, act, page)


@gate(works_on_competition)
@require_http_methods(["GET", "POST"])
def answer(request: HttpRequest, competition: str, proposal: str) -> HttpResponse:
    """Answer a request to look again."""
    row, form = _proposal(request, competition, proposal), AnswerForm(bound(request))

    def act() -> None:
        answer_reconsideration(
            **_acting(request, row),
            is_granted=form.cleaned_data["answer"] == "grant",
            rationale=form.cleaned_data["rationale"],
            key=key_of(request),
        )

    page = {"title": "Look again", "button": "Send your answer",
            "said": "Your answer is with the group."}  # fmt: skip
    return _form(request, competition, row, form, act, page)


def _proposal(request: HttpRequest, competition: str, proposal: str) -> Proposal:
    here = competition_for(request, competition)
    rows = Proposal.objects.filter(competition=here, case__reference=proposal)
    rows = rows.exclude(state__in=NOT_SCREENED)
    found = rows.select_related(
        "case", "group__case", "counting", "designation__case", "competition__agency"
    ).first()
    if found is None or here.status in NOT_YET:
        raise Http404
    return found


def _acting(request: HttpRequest, proposal: Proposal) -> dict[str, Any]:
    return {"actor": actor_of(request), "at": arrival_of(request), "proposal": proposal}


def _form(
    request: HttpRequest,
    competition: str,
    proposal: Proposal,
    form: forms.Form,
    act: Callable[[], None],
    page: dict[str, str],
) -> HttpResponse:
    status = 200
    if request.method == "POST" and form.is_valid():
        try:
            act()
        except Refused as refused:
            form.add_error(None, refused.refusal.sentence)
            status = 409
        else:
            messages.success(request, page["said"])
            return redirect("grants:screening", competition)
    finding = proposal.screenings.order_by("-written_at").first()
    context = competition_page(request, competition, page["title"])
    context |= {
        "page": page,
        "form": form,
        "proposal": proposal,
        "state_of_proposal": PROPOSAL.labels[proposal.status],
        "finding": finding,
        "citation": RULE_CITATIONS[ScreeningRule(finding.rule)] if finding and finding.rule else "",
        "written_by": named([finding.written_by]).get(finding.written_by, "") if finding else "",
        "asked_again": proposal.reconsiderations.first(),
        "givers": proposal.match.order_by("organization_name"),
    }
    return render(request, "grants/screening/form.html", context, status=status)
