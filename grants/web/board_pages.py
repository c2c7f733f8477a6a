"""What the pages around the assignment board have in common, for chairs and for officers."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.urls import reverse

from grants.permissions.reviews import board_for
from grants.rules.states import COMPETITION
from grants.web.competition_pages import competition_page, tone_of

CHAIR_PAGES = (("Assignment", "grants:assignment"), ("Reviews", "grants:panel_reviews"))


def board_page(request: HttpRequest, reference: str, here: str) -> dict[str, Any]:
    """Return the context of `grants/competitions/page.html` for a chair or an officer."""
    board = board_for(request, reference)
    if board.seat is None:
        return competition_page(request, reference, here)
    competition = board.competition
    return {
        "competition": competition,
        "reference": reference,
        "state_words": COMPETITION.labels[competition.status],
        "state_tone": tone_of(competition.status),
        "case_nav": [
            {"label": label, "url": reverse(route, args=[reference]), "current": label == here}
            for label, route in CHAIR_PAGES
        ],
        "case_name": competition.title,
        "case_reference": reference,
        "trail": [{"label": "Your reviews", "url": reverse("grants:my_reviews")}],
        "here": here,
    }
