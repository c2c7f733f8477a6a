"""The chair's table of reviews: progress, discussions, the lock."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_POST

from accounts.actors import actor_of, arrival_of
from accounts.gates import gate
from grants.actions.discuss_proposal import (
    close_discussion,
    lock_scores,
    open_discussion,
    write_post,
)
from grants.permissions.reviews import board_for, leads_panel, reads_board
from grants.queries.panel_progress import Progress, final_reviews, posts_of, progress_of
from grants.queries.reviews import criteria_of
from grants.web.board_pages import board_page
from grants.web.competition_pages import key_of
from grants.web.review_words import compared
from kit.refusals import Refused


@gate(reads_board)
@require_GET
def panel_reviews(request: HttpRequest, competition: str) -> HttpResponse:
    """Show how far each proposal is."""
    opened = board_for(request, competition)
    context = board_page(request, competition, "Reviews")
    context |= {
        "lines": progress_of(opened.competition, opened.hidden),
        "leads": opened.seat is not None,
    }
    return render(request, "grants/discussions/progress.html", context)


@gate(leads_panel)
@require_GET
def discussion(request: HttpRequest, competition: str, proposal: str) -> HttpResponse:
    """Show the final reviews of one proposal, what was said, and what the chair may do."""
    line = _line(request, competition, proposal)
    reviews = final_reviews(line.proposal)
    context = board_page(request, competition, line.proposal.title)
    context |= {
        "line": line,
        "reviews": reviews,
        "rows": compared(criteria_of(line.proposal.competition), reviews),
        "posts": posts_of(line.discussion),
    }
    return render(request, "grants/discussions/chair.html", context)


@gate(leads_panel)
@require_POST
def open_talk(request: HttpRequest, competition: str, proposal: str) -> HttpResponse:
    """Open the discussion."""
    line = _line(request, competition, proposal)

    def act() -> object:
        return open_discussion(
            actor=actor_of(request),
            at=arrival_of(request),
            proposal=line.proposal,
            key=key_of(request),
        )

    return _done(request, (competition, proposal), act, "The discussion is open.")


@gate(leads_panel)
@require_POST
def close_talk(request: HttpRequest, competition: str, proposal: str) -> HttpResponse:
    """Close the discussion."""
    line = _line(request, competition, proposal)

    def act() -> object:
        return close_discussion(
            actor=actor_of(request),
            at=arrival_of(request),
            proposal=line.proposal,
            key=key_of(request),
        )

    return _done(request, (competition, proposal), act, "The discussion is closed.")


@gate(leads_panel)
@require_POST
def say(request: HttpRequest, competition: str, proposal: str) -> HttpResponse:
    """Say something as the chair."""
    line, seat = _line(request, competition, proposal), board_for(request, competition).seat

    def act() -> object:
        return seat and write_post(
            actor=actor_of(request),
            at=arrival_of(request),
            proposal=line.proposal,
            seat=seat,
            text=request.POST.get("text", ""),
            key=key_of(request),
        )

    return _done(request, (competition, proposal), act, "Said.")


@gate(leads_panel)
@require_POST
def lock(request: HttpRequest, competition: str, proposal: str) -> HttpResponse:
    """Lock the scores."""
    line = _line(request, competition, proposal)

    def act() -> object:
        return lock_scores(
            actor=actor_of(request),
            at=arrival_of(request),
            proposal=line.proposal,
            key=key_of(request),
        )

    return _done(request, (competition, proposal), act, "The scores are locked.")


def _line(request: HttpRequest, reference: str, proposal: str) -> Progress:
    opened = board_for(request, reference)
    for line in progress_of(opened.competition, opened.hidden):
        if line.proposal.reference == proposal:
            return line
    raise Http404


def _done(
    request: HttpRequest, place: tuple[str, str], act: Callable[[], object], said: str
) -> HttpResponse:
    try:
        act()
    except Refused as refused:
        messages.error(request, refused.refusal.sentence)
    else:
        messages.success(request, said)
    return redirect("grants:chair_discussion", *place)
