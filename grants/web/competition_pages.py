"""What staff pages of a competition have in common: navigation, forms of a verb.

Each part of a competition adds its line to `PAGES`; what has no page has no tab.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from accounts.actors import actor_of, arrival_of
from grants.permissions.competitions import competition_for, looks_at_conflicts
from grants.permissions.selection import announces_results, reads_appeals, reads_ranking
from grants.rules.states import COMPETITION, CompetitionState
from kit.refusals import Refused

# Label and route; the route takes the competition's reference.
PAGES = (
    ("Overview", "grants:staff_competition"),
    ("Late submissions", "grants:late_leaves"),
    ("Amendments", "grants:competition_amendments"),
    ("Questions", "grants:competition_inquiries"),
    ("Screening", "grants:screening"),
    ("Panel", "grants:panel"),
    ("Conflicts", "grants:conflicts"),
    ("Assignment", "grants:assignment"),
    ("Reviews", "grants:panel_reviews"),
    ("Ranking", "grants:ranking"),
    ("Results", "grants:results_desk"),
    ("Appeals", "grants:appeals"),
)
# Tabs that only some officers may open are shown to nobody else.
FOR_SOME = {
    "grants:conflicts": looks_at_conflicts,
    "grants:ranking": reads_ranking,
    "grants:results_desk": announces_results,
    "grants:appeals": reads_appeals,
}
TONES = {
    CompetitionState.DRAFT: "quiet",
    CompetitionState.CLEARANCE: "turn",
    CompetitionState.OPEN: "good",
    CompetitionState.CANCELLED: "bad",
    CompetitionState.ARCHIVED: "quiet",
}


@dataclass(frozen=True, slots=True)
class VerbPage:
    """The page on which a verb is done: its words, and the verb of the lifecycle it needs."""

    verb: str
    title: str
    lead: str
    button: str
    done: str
    is_grave: bool = False


def competition_page(request: HttpRequest, reference: str, here: str) -> dict[str, Any]:
    """Return the context of `grants/competitions/page.html`; `here` is a tab or a title."""
    competition = competition_for(request, reference)
    trail = [{"label": "Competitions", "url": reverse("grants:staff_competitions")}]
    if here != "Overview":
        address = reverse("grants:staff_competition", args=[reference])
        trail.append({"label": competition.title, "url": address})
    return {
        "competition": competition,
        "reference": reference,
        "state_words": COMPETITION.labels[competition.status],
        "state_tone": tone_of(competition.status),
        "case_nav": [
            {"label": label, "url": reverse(route, args=[reference]), "current": label == here}
            for label, route in PAGES
            if route not in FOR_SOME or FOR_SOME[route](request, competition=reference) is None
        ],
        "case_name": competition.title,
        "case_reference": reference,
        "trail": trail,
        "here": competition.title if here == "Overview" else here,
    }


def tone_of(state: CompetitionState) -> str:
    """The colour of a state's tag."""
    return TONES.get(state, "info")


def key_of(request: HttpRequest) -> str:
    """The idempotency key that the form carried."""
    return request.POST.get("idempotency_key", "")


def bound(request: HttpRequest) -> Any:  # noqa: ANN401 - what a form takes as its data
    """What a form is filled with: what was posted, or nothing yet."""
    return request.POST if request.method == "POST" else None


def acting(request: HttpRequest, reference: str) -> dict[str, Any]:
    """Return the arguments that every act on a competition takes."""
    return {
        "actor": actor_of(request),
        "at": arrival_of(request),
        "competition": competition_for(request, reference),
    }


def done_on_competition(request: HttpRequest, reference: str, said: str) -> HttpResponse:
    """Say what was done and go back to the competition."""
    messages.success(request, said)
    return redirect("grants:staff_competition", competition=reference)


def verb_form(
    request: HttpRequest,
    reference: str,
    page: VerbPage,
    form: forms.Form,
    act: Callable[[str], object],
) -> HttpResponse:
    """Show a form of one verb, or do the act.

    Raises:
        Refused: on opening the page where the competition stands elsewhere.
    """
    status = 200
    if request.method != "POST":
        COMPETITION.move(competition_for(request, reference).status, page.verb)
    elif form.is_valid():
        try:
            act(key_of(request))
            return done_on_competition(request, reference, page.done)
        except Refused as refused:
            form.add_error(None, refused.refusal.sentence)
            status = 409
    context = competition_page(request, reference, page.title)
    context |= {"page": page, "form": form}
    return render(request, "grants/competitions/verb.html", context, status=status)
