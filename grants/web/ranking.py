"""The ranking of a competition as officers read it: the list, Methods, what if."""

from __future__ import annotations

from functools import partial
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render

from accounts.gates import gate
from accounts.web.tables import Empty, Frame, export_links, shown_table
from grants.forms.selection import WhatIfForm
from grants.permissions.competitions import competition_for
from grants.permissions.selection import (
    decides_selection,
    hidden_here,
    reads_ranking,
    works_on_selection,
)
from grants.queries.ranking_figures import Figures, figures, methods
from grants.queries.ranking_figures import offered as what_is_offered
from grants.queries.ranking_inputs import Pinned
from grants.queries.selection import draw_of, is_advised, needs_draw, selection_of
from grants.rules.pools import WhatIf, what_if
from grants.rules.states import CompetitionState
from grants.web.competition_pages import competition_page
from grants.web.ranking_pieces import cells, chart, ordered, summary, table_of
from kit.refusals import Refused
from records.web.table_exports import FORMATS, asked_format, export_table

EMPTY = Empty(
    "No score counts yet",
    "The list appears with the first final review of this competition.",
    icon="search",
)


@gate(reads_ranking)
def ranking(request: HttpRequest, competition: str) -> HttpResponseBase:
    """Show mean, range and rank, or hand the list out as a file."""
    row = competition_for(request, competition)
    found = figures(row, hidden_here(request, row))
    if asked_format(request):
        return ranking_file(request, found)
    context = competition_page(request, competition, "Ranking")
    context |= ranking_context(request, found, low=row.score_low, high=row.score_high)
    context |= {"steps": _steps(request, competition), "is_staff_page": True}
    return render(request, "grants/ranking/ranking.html", context)


def ranking_file(request: HttpRequest, found: Figures) -> HttpResponseBase:
    """The list as a file."""
    table = table_of(found)
    rows = ordered(found, table.read(request.GET))
    return export_table(request, table, cells(found, rows), name="ranking")


def ranking_context(request: HttpRequest, found: Figures, *, low: int, high: int) -> dict[str, Any]:
    """What the page shows of a ranking, whoever reads it."""
    table = table_of(found)
    rows = ordered(found, table.read(request.GET))
    frame = Frame("Ranked proposals", EMPTY, exports=export_links(request, FORMATS))
    return {
        "table": shown_table(request, table, rows, partial(cells, found), frame),
        "summary": summary(found),
        "chart": chart(found, low, high) if request.GET.get("page", "1") == "1" else None,
        "trouble": found.trouble,
        "is_pinned": found.is_pinned,
    }


@gate(reads_ranking)
def ranking_methods(request: HttpRequest, competition: str) -> HttpResponse:
    """Show how sure the figures are; reviewers' leniency is for the chair only."""
    row = competition_for(request, competition)
    found = figures(row, hidden_here(request, row))
    context = competition_page(request, competition, "Methods")
    context |= methods_context(found) | {"is_staff_page": True}
    return render(request, "grants/ranking/methods.html", context)


def methods_context(found: Figures) -> dict[str, Any]:
    """The report, by rank; or why there is none."""
    try:
        report = methods(found)
    except Refused as refused:
        return {"report": None, "refusal": refused.refusal}
    held = {one.proposal: one for one in report.proposals}
    standings = found.derived.ranking.standings if found.derived else ()
    return {
        "report": report,
        "rows": [
            {"rank": one.rank, "proposal": found.proposals[one.proposal], "at": held[one.proposal]}
            for one in standings
            if one.proposal in held and one.proposal in found.proposals
        ],
    }


@gate(reads_ranking)
def ranking_what_if(request: HttpRequest, competition: str) -> HttpResponse:
    """Show whom more or less money would reach; nothing is kept."""
    row = competition_for(request, competition)
    found = figures(row, hidden_here(request, row))
    form = WhatIfForm(request.GET or None, pools=found.pools)
    said: WhatIf | None = None
    if form.is_valid() and found.derived is not None:
        asks, purses, order = what_is_offered(found)
        said = what_if(asks, purses, form.added(), order)
    context = competition_page(request, competition, "What if")
    context |= {
        "form": form,
        "is_pinned": found.is_pinned,
        "said": said,
        "gained": _named(found, said.gained) if said else [],
        "lost": _named(found, said.lost) if said else [],
        "left": [
            {"name": found.pools[key], "amount": amount}
            for key, amount in (said.filling.left if said else {}).items()
        ],
    }
    status = 422 if form.is_bound and form.errors else 200
    return render(request, "grants/ranking/what_if.html", context, status=status)


def _named(found: Figures, names: tuple[str, ...]) -> list[Any]:
    return [found.proposals[one] for one in names if one in found.proposals]


def _steps(request: HttpRequest, reference: str) -> dict[str, Any]:
    """How far the selection is, and what this reader may do about it."""
    row = competition_for(request, reference)
    draw = draw_of(row)
    decision = selection_of(row)
    in_selection = row.status is CompetitionState.SELECTION
    advised = in_selection and is_advised(row)
    return {
        "may_start": row.status in {CompetitionState.REVIEW, CompetitionState.PANEL},
        "start_refusal": works_on_selection(request, reference),
        "decide_refusal": decides_selection(request, reference),
        "draw": draw,
        "needs_draw": in_selection and needs_draw(Pinned(row)),
        "may_advise": in_selection and not advised,
        "may_decide": advised and decision is None,
        "decision": decision,
        "announced_at": row.announced_at,
    }
