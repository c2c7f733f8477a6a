"""The ranking as the chair reads it; what a tie hides from the chair is in no figure."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse

from accounts.gates import gate
from grants.permissions.panels import seat_for
from grants.permissions.selection import chairs, hidden_from_chair
from grants.queries.ranking_figures import figures
from grants.web.ranking import methods_context, ranking_context, ranking_file
from records.web.table_exports import asked_format


@gate(chairs)
def chair_ranking(request: HttpRequest, seat: str) -> HttpResponseBase:
    """Show mean, range and rank, or hand the list out as a file."""
    row = seat_for(request, seat)
    found = figures(row.competition, hidden_from_chair(row))
    if asked_format(request):
        return ranking_file(request, found)
    low, high = row.competition.score_low, row.competition.score_high
    context = _frame(seat, row.competition.title, "Ranking")
    context |= ranking_context(request, found, low=low, high=high)
    return render(request, "grants/ranking/ranking.html", context)


@gate(chairs)
def chair_methods(request: HttpRequest, seat: str) -> HttpResponse:
    """Show how sure the figures are, with the reviewers' leniency under their aliases."""
    row = seat_for(request, seat)
    context = _frame(seat, row.competition.title, "Methods")
    context |= methods_context(figures(row.competition, hidden_from_chair(row)))
    context |= {"shows_reviewers": True}
    return render(request, "grants/ranking/methods.html", context)


def _frame(seat: str, title: str, here: str) -> dict[str, Any]:
    pages = (("Ranking", "grants:chair_ranking"), ("Methods", "grants:chair_methods"))
    return {
        "seat_reference": seat,
        "case_nav": [
            {"label": label, "url": reverse(route, args=[seat]), "current": label == here}
            for label, route in pages
        ],
        "case_name": title,
        "here": here,
        "trail": [
            {"label": "Your reviewing", "url": reverse("grants:reviewing")},
            {"label": title, "url": reverse("grants:panel_seat", args=[seat])},
        ],
    }
