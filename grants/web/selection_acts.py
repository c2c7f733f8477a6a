"""What officers and officials do to select: start, draw, recommend, decide."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from accounts.gates import gate
from grants.actions.advise_proposals import advise_proposals
from grants.actions.decide_selection import decide_selection, setting_of
from grants.actions.draw_lots import fix_draw_list, hold_draw
from grants.actions.start_selection import start_selection
from grants.forms.selection import (
    AdviceForm,
    DecisionForm,
    DrawForm,
    DrawListForm,
    StartSelectionForm,
)
from grants.permissions.competitions import competition_for
from grants.permissions.selection import decides_selection, works_on_selection
from grants.queries.ranking_figures import Figures, figures
from grants.queries.ranking_inputs import Pinned
from grants.queries.results import latest_publication
from grants.queries.selection import advice_by_rank, draw_of, is_advised, needs_draw
from grants.rules.line import BAND_WORDS
from grants.rules.results import KIND_DRAW_LIST, score_text
from grants.web.competition_pages import (
    VerbPage,
    acting,
    bound,
    competition_page,
    key_of,
    verb_form,
)
from kit.refusals import Refused

START = VerbPage(
    verb="start_selection",
    title="Start selection",
    lead="The scores are pinned as they are now, and the ranking with them. No score changes "
    "anything after this.",
    button="Pin the scores and start selection",
    done="The scores are pinned. The ranking can be read and recomputed from them.",
    is_grave=True,
)


@require_http_methods(["GET", "POST"])
@gate(works_on_selection, fresh=True)
def start(request: HttpRequest, competition: str) -> HttpResponse:
    """Pin the scores."""
    form = StartSelectionForm(bound(request))

    def act(key: str) -> None:
        start_selection(**acting(request, competition), key=key)

    return verb_form(request, competition, START, form, act)


@require_http_methods(["GET", "POST"])
@gate(works_on_selection, fresh=True)
def draw(request: HttpRequest, competition: str) -> HttpResponse:
    """Fix the list, then draw from the public value."""
    row = competition_for(request, competition)
    pinned = Pinned(row)
    held = draw_of(row)
    if not pinned.exists or (held is None and not needs_draw(pinned)):
        raise Http404
    form = (DrawListForm if held is None else DrawForm)(bound(request))
    status = 200
    if request.method == "POST" and form.is_valid():
        try:
            if held is None:
                fix_draw_list(
                    **acting(request, competition),
                    source=form.cleaned_data["source"],
                    key=key_of(request),
                )
                messages.success(request, "The list is fixed. A publisher releases its digest.")
            else:
                hold_draw(
                    **acting(request, competition),
                    value=form.cleaned_data["value"],
                    key=key_of(request),
                )
                messages.success(request, "The draw is held. Anybody can recompute it.")
            return redirect("grants:draw", competition=competition)
        except Refused as refused:
            form.add_error(None, refused.refusal.sentence)
            status = 409
    found = figures(row, ())
    context = competition_page(request, competition, "Draw near the line")
    context |= {
        "form": form,
        "draw": held,
        "zone": _rows(found, pinned.derived.zone()),
        "order": _rows(found, tuple(held.order or ())) if held else [],
        "publication": latest_publication(row, KIND_DRAW_LIST),
    }
    return render(request, "grants/ranking/draw.html", context, status=status)


@require_http_methods(["GET", "POST"])
@gate(works_on_selection, fresh=True)
def advise(request: HttpRequest, competition: str) -> HttpResponse:
    """Recommend on every ranked proposal."""
    row = competition_for(request, competition)
    pinned = Pinned(row)
    if not pinned.exists:
        raise Http404
    if is_advised(row):
        messages.info(request, "The recommendation is with the selecting official.")
        return redirect("grants:ranking", competition=competition)
    found = figures(row, ())
    by_rank = {k: one for k, one in advice_by_rank(pinned).items() if k in found.proposals}
    form = AdviceForm(bound(request), by_rank=by_rank)
    if request.method == "POST" and form.is_valid():
        try:
            advise_proposals(
                **acting(request, competition), given=form.given(), key=key_of(request)
            )
        except Refused as refused:
            form.add_error(None, refused.refusal.sentence)
        else:
            messages.success(request, "Recommended. A selecting official decides.")
            return redirect("grants:ranking", competition=competition)
    rows = _by_name(found)
    context = competition_page(request, competition, "Recommend")
    context |= {
        "form": form,
        "lines": [{**rows[name], "fields": pair} for name, *pair in form.lines()],
    }
    status = 409 if form.is_bound else 200
    return render(request, "grants/ranking/advise.html", context, status=status)


@require_http_methods(["GET", "POST"])
@gate(decides_selection, fresh=True)
def decide(request: HttpRequest, competition: str) -> HttpResponse:
    """Decide on every ranked proposal."""
    row = competition_for(request, competition)
    pinned = Pinned(row)
    if not pinned.exists:
        raise Http404
    found, setting = figures(row, ()), setting_of(pinned)
    form = DecisionForm(
        bound(request),
        proposals=[one for one in setting.bands if one in found.proposals],
        paid_by=setting.by_rank,
        pools=found.pools,
        factors=setting.factors,
    )
    if request.method == "POST" and form.is_valid():
        try:
            decide_selection(
                **acting(request, competition),
                chosen=form.chosen(),
                rationale=form.cleaned_data["rationale"],
                key=key_of(request),
            )
        except Refused as refused:
            form.add_error(None, refused.refusal.sentence)
        else:
            messages.success(request, "Decided. Two publishers announce the results.")
            return redirect("grants:ranking", competition=competition)
    rows = _by_name(found)
    context = competition_page(request, competition, "Decide")
    context |= {
        "form": form,
        "factors": setting.factors,
        "lines": [{**rows[name], "fields": fields} for name, fields in form.lines()],
    }
    status = 409 if form.is_bound else 200
    return render(request, "grants/ranking/decide.html", context, status=status)


def _by_name(found: Figures) -> dict[str, dict[str, Any]]:
    standings = found.derived.ranking.standings if found.derived else ()
    names = tuple(one.proposal for one in standings if one.proposal in found.proposals)
    return {row["reference"]: row for row in _rows(found, names)}


def _rows(found: Figures, names: tuple[str, ...]) -> list[dict[str, Any]]:
    if found.derived is None:
        return []
    amounts = {one.proposal: one.amount for one in found.inputs.asks}
    held = {one.proposal: one for one in found.derived.ranking.standings}
    advice = {name: getattr(one, "advice", None) for name, one in found.proposals.items()}
    return [
        {
            "reference": name,
            "proposal": found.proposals.get(name),
            "rank": held[name].rank,
            "mean": score_text(held[name].mean),
            "band": BAND_WORDS[found.derived.bands[name]],
            "amount": amounts[name],
            "advice": advice.get(name),
            "is_reached": bool(found.filling and name in found.filling.paid_by),
        }
        for name in names
    ]
