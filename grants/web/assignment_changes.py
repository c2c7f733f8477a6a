"""Changing the plan by hand, its effect shown before it is written; replacing; reminding."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from accounts.actors import actor_of, arrival_of
from accounts.gates import gate
from grants.actions.answer_assignment import replace_reviewer
from grants.actions.change_board import change_board
from grants.actions.remind_reviewers import remind_reviewers
from grants.forms.assignment import ReasonForm
from grants.models import Assignment
from grants.permissions.reviews import board_for, works_on_board
from grants.queries.boards import Board, Line, board_of, fits_of, latest_run, limits_of
from grants.rules.board import (
    Change,
    Limits,
    Pair,
    change_refusal,
    change_warnings,
    objective_of,
)
from grants.web.board_pages import board_page
from grants.web.competition_pages import bound, key_of
from kit.refusals import Refused


@dataclass(frozen=True, slots=True)
class _Scene:
    """The board around one proposal, as the rules read it."""

    board: Board
    line: Line
    fits: dict[Pair, float]
    limits: Limits

    @property
    def pairs(self) -> frozenset[Pair]:
        """Every pair on the board."""
        return frozenset(
            (line.proposal.pk, place.assignment.seat_id)
            for line in self.board.lines
            for place in line.places
        )


@gate(works_on_board)
@require_http_methods(["GET", "HEAD", "POST"])
def change(request: HttpRequest, competition: str, proposal: str) -> HttpResponse:
    """Choose whom to add and to take off; see the effect; confirm."""
    scene = _scene(request, competition, proposal)
    wanted = _wanted(scene, request.POST if request.method == "POST" else request.GET)
    if request.method == "POST":
        try:
            change_board(
                actor=actor_of(request),
                at=arrival_of(request),
                competition=board_for(request, competition).competition,
                change=wanted,
                key=key_of(request),
            )
        except Refused as refused:
            messages.error(request, refused.refusal.sentence)
        else:
            messages.success(request, "The board is changed. You can undo it.")
            return redirect("grants:assignment", competition)
    context = board_page(request, competition, "Change reviewers")
    context |= _effect(scene, wanted) | {
        "line": scene.line,
        "choices": _choices(scene),
        "chosen": request.GET.get("add", ""),
        "dropped": request.GET.getlist("remove"),
    }
    return render(request, "grants/assignment/change.html", context)


@gate(works_on_board)
@require_http_methods(["GET", "HEAD", "POST"])
def replace(request: HttpRequest, competition: str, assignment: str) -> HttpResponse:
    """Take a released review from a reviewer."""
    opened = board_for(request, competition)
    rows = Assignment.objects.filter(proposal__competition=opened.competition)
    rows = rows.exclude(proposal__in=opened.hidden).select_related("seat", "proposal__case")
    row = get_object_or_404(rows, reference=assignment)
    form = ReasonForm(bound(request), hint="The reviewer does not see it.")
    if request.method == "POST" and form.is_valid():
        try:
            replace_reviewer(
                actor=actor_of(request),
                at=arrival_of(request),
                assignment=row,
                reason=form.cleaned_data["reason"],
                key=key_of(request),
            )
        except Refused as refused:
            form.add_error(None, refused.refusal.sentence)
        else:
            messages.success(request, "The place is free. Add another reviewer to the proposal.")
            return redirect("grants:board_change", competition, row.proposal.reference)
    context = board_page(request, competition, "Replace the reviewer") | {"row": row, "form": form}
    return render(request, "grants/assignment/replace.html", context)


@gate(works_on_board)
@require_POST
def remind(request: HttpRequest, competition: str) -> HttpResponse:
    """Write to everybody who is late."""
    opened = board_for(request, competition)
    count = remind_reviewers(
        actor=actor_of(request),
        at=arrival_of(request),
        competition=opened.competition,
        hidden=opened.hidden,
    )
    said = "Nobody is late." if not count else f"{count} of the reviewers are reminded."
    messages.success(request, said)
    return redirect("grants:assignment", competition)


def _scene(request: HttpRequest, reference: str, proposal: str) -> _Scene:
    opened = board_for(request, reference)
    latest = latest_run(opened.competition, opened.hidden)
    board = board_of(opened.competition, latest, opened.hidden)
    for line in board.lines:
        if line.proposal.reference == proposal:
            return _Scene(board, line, fits_of(latest), limits_of(opened.competition))
    raise Http404


def _wanted(scene: _Scene, asked: Any) -> Change:  # noqa: ANN401 - a QueryDict
    seats = {load.seat.reference: load.seat.pk for load in scene.board.loads}
    places = {place.assignment.reference: place.assignment for place in scene.line.places}
    pk = scene.line.proposal.pk
    add, remove = asked.get("add", ""), asked.getlist("remove")
    return Change(
        frozenset({(pk, seats[add])} if add in seats else ()),
        frozenset((pk, places[one].seat_id) for one in remove if one in places),
    )


def _effect(scene: _Scene, wanted: Change) -> dict[str, Any]:
    if not wanted.added and not wanted.removed:
        return {"effect": None}
    names = {load.seat.pk: load.seat.alias for load in scene.board.loads}
    proposals = [line.proposal.pk for line in scene.board.lines]
    after = objective_of(wanted.applied(scene.pairs), scene.fits, proposals)
    before = scene.board.objective
    return {
        "effect": {
            "before": before,
            "after": after,
            "total": after.total - before.total,
            "worst": after.worst - before.worst,
        },
        "refusal": change_refusal(wanted, scene.pairs, scene.limits),
        "warnings": change_warnings(wanted, scene.pairs, scene.limits, names),
    }


def _choices(scene: _Scene) -> list[dict[str, Any]]:
    """Reviewers who may be added, the best fit first."""
    pk = scene.line.proposal.pk
    closed = scene.limits.barred | scene.pairs
    found = [
        {
            "reference": load.seat.reference,
            "alias": load.seat.alias,
            "fit": scene.fits.get((pk, load.seat.pk), 0.0),
            "count": load.count,
            "most": load.seat.greatest_load,
        }
        for load in scene.board.loads
        if (pk, load.seat.pk) not in closed
    ]
    return sorted(found, key=lambda one: (-one["fit"], one["alias"]))
