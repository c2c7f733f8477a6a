"""Awards as the group reads them: the list, and the overview of one."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from accounts.actors import arrival_of, person_of
from accounts.gates import gate, signed_in
from grants.actions.offer_award import is_past_last_day, last_minute_to_answer
from grants.permissions.awards import award_for, holds_award, represents_award
from grants.queries.awards import awards_of_person, budget_of
from grants.queries.pool_givers import left_out
from grants.rules.award_states import AWARD, AwardState
from grants.web.award_pages import TONES, award_page
from grants.web.award_words import group_timeline


@gate(signed_in)
def my_awards(request: HttpRequest) -> HttpResponse:
    """Show the awards of the reader's groups, from the offer on."""
    rows = [
        {
            "row": one,
            "status": AWARD.public_label(one.status),
            "tone": TONES.get(one.status, "info"),
        }
        for one in awards_of_person(person_of(request).pk)
    ]
    return render(request, "grants/awards/mine.html", {"rows": rows})


@gate(holds_award)
def award(request: HttpRequest, award: str) -> HttpResponse:
    """Show what was awarded, on which terms, with which budget."""
    row = award_for(request, award).award
    context = award_page(request, award, "Overview")
    context |= {
        "budget": budget_of(row),
        "conditions": row.conditions.filter(removed_at=None),
        "left_out": left_out(row),
        "waits": row.status is AwardState.OFFERED,
        "answer_refusal": represents_award(request, award),
        "last_minute": last_minute_to_answer(row),
        "is_late": is_past_last_day(row, arrival_of(request)),
        "timeline": group_timeline(row),
    }
    return render(request, "grants/awards/overview.html", context)
