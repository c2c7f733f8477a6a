"""Readiness of a group: five cards, one gap each, and the way to close it."""

from __future__ import annotations

from zoneinfo import ZoneInfo

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from accounts.actors import arrival_of
from accounts.gates import gate
from certification.permissions.groups import reads_group
from certification.queries.current_data import basis_or_none
from certification.queries.readiness import readiness as readiness_of
from certification.rules.criteria import Criterion
from certification.rules.readiness import Card
from certification.rules.results import Outcome
from certification.web.group_pages import group_page, page_address
from kit.refusals import Refused

# Where the gap of each criterion is closed.
PLACES = {
    Criterion.CONCENTRATION: ("certification:edit_group", "Change cluster or region"),
    Criterion.DIVERSITY: ("certification:members", "Go to the members"),
    Criterion.INSTITUTIONS: ("certification:institutions", "Go to the institutions"),
    Criterion.GOVERNMENT: ("certification:partners", "Go to the governments"),
    Criterion.CONVENING: ("certification:convening", "Go to the convening body"),
}


@gate(reads_group)
def readiness(request: HttpRequest, group: str) -> HttpResponse:
    """Show where the group stands today."""
    context = group_page(request, group, "Readiness")
    basis = basis_or_none()
    if basis is not None:
        zone = ZoneInfo(context["group"].agency.time_zone)
        on = arrival_of(request).astimezone(zone).date()
        may_change = context["may_change"]
        try:
            found = readiness_of(context["group"], basis, on)
        except Refused as refused:
            context["refusal"] = refused.refusal
        else:
            cards = [(card, _action(card, group) if may_change else None) for card in found.cards]
            context |= {"readiness": found, "cards": cards}
    return render(request, "certification/readiness/readiness.html", context)


def _action(card: Card, group: str) -> dict[str, str] | None:
    if card.outcome is Outcome.PASS:
        return None
    route, label = PLACES[card.criterion]
    url = page_address(route, group)
    return {"url": url, "label": label} if url else None
