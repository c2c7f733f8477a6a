"""The assignment board: run, look at the proof, take it, change by hand, release."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from accounts.actors import actor_of, arrival_of, person_of
from accounts.gates import gate
from grants.actions.change_board import last_change, undo_change
from grants.actions.choose_run import choose_run
from grants.actions.release_assignments import release_assignments
from grants.forms.assignment import ReleaseForm, RunForm
from grants.models import AssignmentRun
from grants.permissions.reviews import board_for, reads_board, works_on_board
from grants.queries.boards import board_of, latest_run
from grants.rules.panel_states import AssignmentState
from grants.web.assignment_job import RUN_ASSIGNMENT
from grants.web.board_pages import board_page
from grants.web.competition_pages import key_of
from kit.refusals import Refused
from trail.actions.run_job import ask_for_job
from trail.rules.chain import digest

SEED_DIGITS = 12
LATE = (AssignmentState.RELEASED, AssignmentState.ACCEPTED, AssignmentState.IN_PROGRESS)


@gate(reads_board)
@require_GET
def assignment(request: HttpRequest, competition: str) -> HttpResponse:
    """Show the board."""
    return _board(request, competition, RunForm(), None)


@gate(works_on_board)
@require_POST
def run(request: HttpRequest, competition: str) -> HttpResponse:
    """Ask for a run; a worker does it."""
    form = RunForm(request.POST)
    if not form.is_valid():
        return _board(request, competition, form, None, status=422)
    board, key = board_for(request, competition), key_of(request)
    job = ask_for_job(
        actor=actor_of(request),
        at=arrival_of(request),
        kind=RUN_ASSIGNMENT,
        arguments={
            "title": f"Assign reviewers: {board.competition.title}",
            "back": reverse("grants:assignment", args=[competition]),
            "competition": board.competition.pk,
            "user": person_of(request).pk,
            "hidden": sorted(board.hidden),
            "relaxed": {
                name: form.cleaned_data[name]
                for name in ("more_load", "ignore_least", "same_institution")
            },
            # The form's key makes the seed: sent twice, it is one run.
            "seed": int(digest(f"{competition}:{key}")[:SEED_DIGITS], 16),
        },
    )
    return redirect("accounts:job", job.reference)


@gate(works_on_board)
@require_POST
def use_run(request: HttpRequest, competition: str, run: str) -> HttpResponse:
    """Put a run's pairs on the board."""
    board = board_for(request, competition)
    row = get_object_or_404(AssignmentRun, competition=board.competition, reference=run)
    if board.hidden & set(row.result["proposals"]):
        raise Http404
    said = "The assignment is on the board. Nobody of the panel sees it before you release it."
    return _done(
        request,
        competition,
        lambda: choose_run(
            actor=actor_of(request), at=arrival_of(request), run=row, key=key_of(request)
        ),
        said,
    )


@gate(works_on_board)
@require_POST
def undo(request: HttpRequest, competition: str) -> HttpResponse:
    """Take the last change by hand back."""
    row = board_for(request, competition).competition
    return _done(
        request,
        competition,
        lambda: undo_change(
            actor=actor_of(request), at=arrival_of(request), competition=row, key=key_of(request)
        ),
        "The last change is undone.",
    )


@gate(works_on_board)
@require_POST
def release(request: HttpRequest, competition: str) -> HttpResponse:
    """Release what is planned."""
    board = board_for(request, competition)
    form = ReleaseForm(request.POST, zone=board.competition.time_zone)
    if form.is_valid():
        try:
            count = release_assignments(
                actor=actor_of(request),
                at=arrival_of(request),
                competition=board.competition,
                due_at=form.due_at(),
                key=key_of(request),
                hidden=board.hidden,
            )
        except Refused as refused:
            form.add_error(None, refused.refusal.sentence)
        else:
            messages.success(
                request, f"{count} assignments are released, and each reviewer is told."
            )
            return redirect("grants:assignment", competition)
    return _board(request, competition, RunForm(), form, status=422)


def _board(
    request: HttpRequest,
    reference: str,
    run_form: RunForm,
    release_form: ReleaseForm | None,
    status: int = 200,
) -> HttpResponse:
    opened = board_for(request, reference)
    competition, at = opened.competition, arrival_of(request)
    latest = latest_run(competition, opened.hidden)
    shown = board_of(competition, latest, opened.hidden)
    change = last_change(competition)
    is_seen = change is not None and not opened.hidden & {
        pair[0] for pair in [*change.added, *change.removed]
    }
    context = board_page(request, reference, "Assignment")
    context |= {
        "board": shown,
        "run": latest,
        "result": _result(latest),
        "works": opened.works,
        "run_form": run_form,
        "release_form": release_form or ReleaseForm(zone=competition.time_zone),
        "can_undo": is_seen,
        "late": [
            place
            for line in shown.lines
            for place in line.places
            if place.assignment.state in LATE
            and place.assignment.due_at is not None
            and place.assignment.due_at <= at
        ],
    }
    return render(request, "grants/assignment/board.html", context, status=status)


def _result(run: AssignmentRun | None) -> dict[str, Any] | None:
    """The proof of a run in words and figures; conflicts by name."""
    if run is None:
        return None
    told = run.result
    if not told["is_possible"]:
        return {"sentences": told["shortage"]["sentences"]}
    return {
        **told,
        "gap_percent": told["gap"] * 100,
        "costs": [
            {
                "proposal": told["references"][row],
                "alias": told["aliases"][seat],
                "gain": gain,
            }
            for row, seat, gain in told["conflict_costs"][:10]
        ],
        "price_of_fairness": told["free_total"] - told["total"],
    }


def _done(
    request: HttpRequest, reference: str, act: Callable[[], object], said: str
) -> HttpResponse:
    try:
        act()
    except Refused as refused:
        messages.error(request, refused.refusal.sentence)
    else:
        messages.success(request, said)
    return redirect("grants:assignment", reference)
