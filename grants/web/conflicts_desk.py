"""The conflicts desk: every tie with its reasons; look, waive one or many, lift, set."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from accounts.actors import actor_of, arrival_of
from accounts.gates import gate
from accounts.web.tables import Empty, Frame, export_links, opens_with_own_view, shown_table
from grants.actions.decide_conflicts import lift_edge, look_at_edge, set_edge, waive_edges
from grants.forms.panels import DeskForm, LiftForm, TieForm, WaiveForm
from grants.models import ConflictEdge
from grants.permissions.competitions import competition_for, looks_at_conflicts
from grants.queries.conflicts_desk import (
    DeskFilter,
    desk_counts,
    desk_edges,
    suspended_reviews,
)
from grants.queries.officer_names import named
from grants.rules.panel_states import SeatState
from grants.rules.states import ProposalState
from grants.web.competition_pages import bound, competition_page, key_of
from kit.refusals import Refused
from kit.tables import Cell, Column, Kind, Table
from records.web.table_exports import FORMATS, asked_format, export_table

TIES = Table(
    "grants.conflicts",
    (
        Column("person", "Person", is_sortable=True, is_title=True),
        Column("proposal", "Proposal", is_sortable=True),
        Column("kind", "Tie", is_sortable=True),
        Column("why", "Why"),
        Column("stands", "Stands at"),
        Column("source", "Known by", is_extra=True),
        Column("found", "Since", is_sortable=True),
    ),
    default_sort="-found",
    noun="ties",
)
EMPTY = Empty(
    "No tie fits",
    "Ties are found whenever somebody is invited, and whenever a profile, a roster or a proposal "
    "changes. Change the filters to see those that ended.",
)
COUNT_WORDS = {
    "look": "Wait for a look",
    "soft": "Soft, not waived",
    "hard": "Hard",
    "waived": "Waived",
}


@gate(looks_at_conflicts)
@opens_with_own_view(TIES)
def desk(request: HttpRequest, competition: str) -> HttpResponseBase:
    """Show the ties, or hand them out as a file."""
    row, form = competition_for(request, competition), DeskForm(request.GET)
    asked = DeskFilter(
        search=form.said("q"),
        waits=form.said("waits"),
        kind=form.said("kind"),
        source=form.said("source"),
        sort=TIES.read(request.GET).sort,
    )
    found = desk_edges(row, asked)
    if asked_format(request):
        return export_table(request, TIES, _cells(found, competition), name="conflicts")
    counts = desk_counts(row)
    frame = Frame("Ties", EMPTY, form, export_links(request, FORMATS))
    context = competition_page(request, competition, "Conflicts")
    context |= {
        "table": shown_table(request, TIES, found, lambda rows: _cells(rows, competition), frame),
        "counts": [
            {"label": words, "count": counts[name], "url": f"?waits={name}"}
            for name, words in COUNT_WORDS.items()
        ],
        "suspended": suspended_reviews(row),
    }
    return render(request, "grants/panel/conflicts.html", context)


@gate(looks_at_conflicts)
@require_http_methods(["GET"])
def tie(request: HttpRequest, competition: str, edge: int) -> HttpResponse:
    """Show one tie with its reasons and what may be done."""
    return _tie_page(request, competition, _edge(request, competition, edge))


@gate(looks_at_conflicts)
@require_POST
def look(request: HttpRequest, competition: str, edge: int) -> HttpResponse:
    """Say whether a match that nobody proved is the person."""
    row = _edge(request, competition, edge)
    stands = request.POST.get("answer") == "stands"
    look_at_edge(actor=actor_of(request), at=arrival_of(request), edge=row, stands=stands)
    said = (
        "The tie stands. It now counts like a proved one."
        if stands
        else "The tie is lifted. The portal does not find it again for this reason."
    )
    messages.success(request, said)
    return redirect("grants:conflicts", competition)


@gate(looks_at_conflicts)
@require_POST
def lift(request: HttpRequest, competition: str, edge: int) -> HttpResponse:
    """End a tie whose reason is wrong."""
    row, form = _edge(request, competition, edge), LiftForm(request.POST)
    if form.is_valid():
        try:
            lift_edge(
                actor=actor_of(request),
                at=arrival_of(request),
                edge=row,
                reason=form.cleaned_data["reason"],
            )
        except Refused as refused:
            form.add_error(None, refused.refusal.sentence)
        else:
            messages.success(request, "The tie is lifted.")
            return redirect("grants:conflicts", competition)
    return _tie_page(request, competition, row, form, status=409)


@gate(looks_at_conflicts)
@require_http_methods(["GET", "POST"])
def waive(request: HttpRequest, competition: str) -> HttpResponse:
    """Choose soft ties and let them stand for one reason."""
    row = competition_for(request, competition)
    found = list(desk_edges(row, DeskFilter(waits="soft", sort="person")))
    found = [one for one in found if not one.is_unverified or one.looked_at is not None]
    chosen = {int(one) for one in request.POST.getlist("tie") if one.isdigit()}
    form, status = WaiveForm(bound(request)), 200
    if request.method == "POST" and form.is_valid():
        try:
            waiver = waive_edges(
                actor=actor_of(request),
                at=arrival_of(request),
                competition=row,
                edges=chosen,
                reason=form.cleaned_data["reason"],
                key=key_of(request),
            )
        except Refused as refused:
            form.add_error(None, refused.refusal.sentence)
            status = 409
        else:
            count = waiver.edges.count()
            ties = "1 tie" if count == 1 else f"{count} ties"
            messages.success(request, f"Waived: {ties}, on record as {waiver.reference}.")
            return redirect("grants:conflicts", competition)
    chosen |= {int(one) for one in request.GET.getlist("tie") if one.isdigit()}
    context = competition_page(request, competition, "Waive soft ties")
    context |= {
        "form": form,
        "ties": [{"row": one, "is_chosen": one.pk in chosen} for one in found],
    }
    return render(request, "grants/panel/waive.html", context, status=status)


@gate(looks_at_conflicts)
@require_http_methods(["GET", "POST"])
def set_tie(request: HttpRequest, competition: str) -> HttpResponse:
    """Write down a tie that the portal does not find."""
    row = competition_for(request, competition)
    seats = row.seats.filter(state__in=[SeatState.INVITED, SeatState.ACCEPTED])
    proposals = row.proposals.exclude(state__in=[ProposalState.WITHDRAWN, ProposalState.DRAFT])
    form = TieForm(
        bound(request),
        seats=seats.select_related("user", "competition__case").order_by("alias"),
        proposals=proposals.select_related("case").order_by("title"),
    )
    status = 200
    if request.method == "POST" and form.is_valid():
        seat, proposal, new = form.chosen()
        try:
            set_edge(
                actor=actor_of(request),
                at=arrival_of(request),
                seat=seat,
                proposal=proposal,
                tie=new,
            )
        except Refused as refused:
            form.add_error(None, refused.refusal.sentence)
            status = 409
        else:
            messages.success(request, "The tie is on record, and in force.")
            return redirect("grants:conflicts", competition)
    context = competition_page(request, competition, "Add a tie") | {"form": form}
    return render(request, "grants/panel/set_tie.html", context, status=status)


def _edge(request: HttpRequest, competition: str, edge: int) -> ConflictEdge:
    rows = ConflictEdge.objects.filter(proposal__competition=competition_for(request, competition))
    rows = rows.select_related("user", "proposal__case", "proposal__group", "waiver")
    found = rows.select_related("proposal__competition__case").filter(pk=edge).first()
    if found is None:
        raise Http404
    return found


def _tie_page(
    request: HttpRequest,
    competition: str,
    edge: ConflictEdge,
    form: LiftForm | None = None,
    status: int = 200,
) -> HttpResponse:
    people = named([edge.found_by, edge.looked_by, edge.ended_by])
    if edge.waiver is not None:
        people |= named([edge.waiver.granted_by])
    context: dict[str, Any] = competition_page(request, competition, "A tie")
    context |= {
        "edge": edge,
        "words": edge.grounds.get("words", []),
        "lifted": edge.grounds.get("lifted", ""),
        "stands": _stands(edge)[0],
        "tone": _stands(edge)[1],
        "found_by": people.get(edge.found_by, ""),
        "looked_by": people.get(edge.looked_by, ""),
        "ended_by": people.get(edge.ended_by, ""),
        "granted_by": people.get(edge.waiver.granted_by, "") if edge.waiver else "",
        "waits_for_look": edge.is_unverified and edge.looked_at is None and edge.ended_at is None,
        "may_waive": not edge.is_hard and edge.waiver is None and edge.ended_at is None,
        "form": form or LiftForm(),
    }
    return render(request, "grants/panel/tie.html", context, status=status)


def _stands(edge: ConflictEdge) -> tuple[str, str]:
    if edge.ended_at is not None:
        return "Ended", "quiet"
    if edge.is_unverified and edge.looked_at is None:
        return "Waits for a look", "turn"
    if edge.waiver is not None:
        return "Waived", "good"
    return ("Hard", "bad") if edge.is_hard else ("Soft", "warn")


def _cells(rows: Iterable[ConflictEdge], competition: str) -> Iterator[Mapping[str, Cell]]:
    for edge in rows:
        words, tone = _stands(edge)
        address = reverse("grants:conflict", args=[competition, edge.pk])
        yield {
            "person": Cell(str(edge.user), url=address, notes=(edge.user.email,)),
            "proposal": Cell(edge.proposal.title, notes=(str(edge.proposal.group),)),
            "kind": Cell(edge.get_kind_display()),
            "why": Cell(" ".join(edge.grounds.get("words", []))),
            "stands": Cell(words, tone=tone),
            "source": Cell(edge.get_source_display()),
            "found": Cell(value=edge.found_at, kind=Kind.DAY),
        }
