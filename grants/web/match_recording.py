"""Matching funds as the group sees them: the list, and recording a contribution."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from accounts.actors import actor_of, arrival_of
from accounts.gates import gate
from accounts.web.tables import Frame, export_links, opens_with_own_view, shown_table
from grants.actions.record_contribution import frame_of, record_contribution
from grants.forms.match import GiftForm, MatchFilterForm, StartGiftForm
from grants.models import Award, Pledge
from grants.permissions.awards import award_for, holds_accepted_award
from grants.queries.award_standing import standing_of, terms_of
from grants.queries.match_balances import left_of_pledge
from grants.queries.match_lists import contributions_of, pledges_of
from grants.rules.budget import dollars
from grants.rules.budget_lines import Category
from grants.rules.match import recording
from grants.rules.match.caps import beyond_cap
from grants.rules.match.limits import eligible_match, required_match, required_to_date
from grants.rules.match.states import CONTRIBUTION_KIND_WORDS, ContributionKind
from grants.rules.match.values import ValueRule, appraise, value_rule
from grants.rules.panel_states import MatchState
from grants.web.award_pages import award_page
from grants.web.match_tables import NOTHING_YET, OWN, own_cells
from kit.refusals import Refused
from records.web.table_exports import FORMATS, asked_format, export_table

HERE = "Matching funds"


@gate(holds_accepted_award)
@require_safe
@opens_with_own_view(OWN)
def award_match(request: HttpRequest, award: str) -> HttpResponseBase:
    """Show promises, contributions and what of them counts; or hand the list out as a file."""
    row = award_for(request, award).award
    form = MatchFilterForm(request.GET)
    found = contributions_of(row, **form.asked(), sort=OWN.read(request.GET).sort)
    if asked_format(request):
        return export_table(request, OWN, own_cells(found), name="matching-funds")
    frame = Frame("Contributions", NOTHING_YET, form, export_links(request, FORMATS))
    context = award_page(request, award, HERE) | _figures(request, row)
    context |= {
        "table": shown_table(request, OWN, found, own_cells, frame),
        "pledges": pledges_of(row),
    }
    return render(request, "grants/match/award_match.html", context)


@gate(holds_accepted_award)
@require_http_methods(["GET", "HEAD", "POST"])
def add_contribution(request: HttpRequest, award: str) -> HttpResponse:
    """Ask who gave what, then the figures and the paper; one may have it worked out first."""
    row = award_for(request, award).award
    pledges = list(row.pledges.filter(state=MatchState.SIGNED))
    start = StartGiftForm(request.GET or None, pledges=pledges)
    if not start.is_valid():
        context = award_page(request, award, "Record a contribution")
        context |= {"form": start, "pledges": pledges}
        return render(request, "grants/match/start.html", context)
    pledge = start.pledges[start.cleaned_data["promise"]]
    rule = _rule(request, row, ContributionKind(start.cleaned_data["kind"]))
    return _gift(request, row, pledge, rule)


def _rule(request: HttpRequest, award: Award, kind: ContributionKind) -> ValueRule:
    """The rule of today: figures are the same on every day, the row of the gift's day judges."""
    today = arrival_of(request).astimezone(ZoneInfo(award.agency.time_zone)).date()
    return value_rule(kind, today)


def _gift(request: HttpRequest, award: Award, pledge: Pledge, rule: ValueRule) -> HttpResponse:
    frame = frame_of(award)
    form = GiftForm(request.POST or None, rule=rule, categories=_lines(frame))
    worth = ""
    if request.method == "POST" and request.POST.get("act") == "work_out":
        worth, form = _work_out(form, rule, award)
    elif request.method == "POST" and form.is_valid():
        try:
            made = record_contribution(
                actor=actor_of(request),
                at=arrival_of(request),
                pledge=pledge,
                gift=form.draft(),
                key=request.POST.get("idempotency_key", ""),
            )
        except Refused as refused:
            form.add_error(None, refused.refusal.sentence)
        else:
            messages.success(request, "Recorded. Attach the paper that proves it.")
            return redirect("grants:match_contribution", award.reference, made.reference)
    context = award_page(request, award.reference, "Record a contribution")
    context |= {
        "form": form,
        "rule": rule,
        "worth": worth,
        "pledge": pledge,
        "left": left_of_pledge(pledge),
        "kind": CONTRIBUTION_KIND_WORDS[rule.kind],
        "frame": frame,
    }
    return render(request, "grants/match/record.html", context)


def _work_out(form: GiftForm, rule: ValueRule, award: Award) -> tuple[str, GiftForm]:
    """What the figures are worth; the other fields are kept as typed, and not judged yet."""
    figures = form.figures()
    kept = GiftForm(initial=_typed(form), rule=rule, categories=_lines(frame_of(award)))
    try:
        amount = appraise(rule.kind, figures, award.starts_on)
    except Refused as refused:
        return refused.refusal.sentence, kept
    return f"By these figures it is worth {dollars(amount.amount)}.", kept


def _lines(frame: recording.Frame) -> list[str]:
    """The budget lines with match, in the order of the budget."""
    return [one.value for one in Category if one.value in frame.categories]


def _typed(form: GiftForm) -> dict[str, Any]:
    return {name: form[name].value() for name in form.fields}


def _figures(request: HttpRequest, award: Award) -> dict[str, Any]:
    terms, standing = terms_of(award), standing_of(award)
    today = arrival_of(request).astimezone(ZoneInfo(award.agency.time_zone)).date()
    eligible = eligible_match(terms, standing)
    due = required_to_date(terms, standing, today)
    return {
        "eligible": eligible,
        "required": required_match(terms.federal, terms.share),
        "required_to_date": due,
        "shortfall": max(due - eligible, standing.cash * 0),
        "beyond_cap": beyond_cap(terms, standing),
        "opens_on": award.starts_on - timedelta(days=award.pre_award_days),
    }
