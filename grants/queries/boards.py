"""The assignment board as it stands: who is planned or assigned to what, and how well it fits."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from grants.models import Assignment, AssignmentRun, Competition, PanelSeat, Proposal
from grants.queries.assignment_facts import assignable_proposals, ready_seats
from grants.queries.conflicts import barred_pairs
from grants.queries.reviewer_words import known_of
from grants.rules.board import Limits, Objective, Pair, objective_of
from grants.rules.panel_states import LIVE_ASSIGNMENT, OFFICE_WORDS, AssignmentState
from grants.rules.terms import PanelRole


@dataclass(frozen=True, slots=True)
class Place:
    """One reviewer on one proposal."""

    assignment: Assignment
    alias: str
    fit: float | None

    @property
    def is_plan(self) -> bool:
        """Whether the reviewer does not know of it yet."""
        return self.assignment.state == AssignmentState.PROPOSED

    @property
    def state_words(self) -> str:
        """Where it stands, for the chair."""
        if self.is_plan:
            return "Planned"
        if self.assignment.suspended_at:
            return "On hold"
        return OFFICE_WORDS[AssignmentState(self.assignment.state)]


@dataclass(frozen=True, slots=True)
class Line:
    """One proposal with its reviewers."""

    proposal: Proposal
    places: tuple[Place, ...]
    worth: float
    best: float | None
    needed: int

    @property
    def missing(self) -> int:
        """How many reviewers are still needed."""
        return max(self.needed - len(self.places), 0)


@dataclass(frozen=True, slots=True)
class Load:
    """One reviewer with what is planned and assigned."""

    seat: PanelSeat
    institution: str
    count: int


@dataclass(frozen=True, slots=True)
class Board:
    """Everything on the board."""

    lines: tuple[Line, ...]
    loads: tuple[Load, ...]
    objective: Objective

    @property
    def planned(self) -> int:
        """How many pairs wait for the release."""
        return sum(place.is_plan for line in self.lines for place in line.places)

    @property
    def missing(self) -> int:
        """How many reviewers are missing altogether."""
        return sum(line.missing for line in self.lines)


def live_assignments(competition: Competition) -> list[Assignment]:
    """Every pair that is planned or under way, by proposal and alias."""
    rows = Assignment.objects.filter(
        proposal__competition=competition, state__in=sorted(LIVE_ASSIGNMENT)
    )
    rows = rows.select_related("seat__user", "proposal__case")
    return list(rows.order_by("proposal_id", "seat__alias"))


def pairs_of(competition: Competition) -> frozenset[Pair]:
    """The keys of those pairs: proposal, seat."""
    return frozenset((one.proposal_id, one.seat_id) for one in live_assignments(competition))


def limits_of(competition: Competition) -> Limits:
    """What stands around the board."""
    seats = ready_seats(competition)
    known = known_of([seat.user_id for seat in seats])
    barred = {(proposal, seat) for seat, proposal in barred_pairs(competition)}
    ready = {seat.pk for seat in seats}
    others = competition.seats.filter(role=PanelRole.REVIEWER).exclude(pk__in=ready)
    # Whoever is not ready reads nothing: for them every proposal is closed.
    proposals = list(Proposal.objects.filter(competition=competition).values_list("pk", flat=True))
    barred |= {(one, seat) for seat in others.values_list("pk", flat=True) for one in proposals}
    return Limits(
        frozenset(barred),
        {seat.pk: seat.greatest_load for seat in seats},
        {seat.pk: known[seat.user_id].institution for seat in seats},
        competition.reviews_per_proposal,
    )


def latest_run(competition: Competition, hidden: Collection[int]) -> AssignmentRun | None:
    """The newest run of which the reader may know every proposal."""
    for run in AssignmentRun.objects.filter(competition=competition)[:10]:
        if not set(hidden) & set(run.result["proposals"]):
            return run
    return None


def fits_of(run: AssignmentRun | None) -> dict[Pair, float]:
    """The affinities of a run by pair."""
    if run is None:
        return {}
    told: dict[str, Any] = run.result
    return {
        (proposal, seat): fit
        for proposal, row in zip(told["proposals"], told["fits"], strict=True)
        for seat, fit in zip(told["seats"], row, strict=True)
    }


def board_of(competition: Competition, run: AssignmentRun | None, hidden: Collection[int]) -> Board:
    """The board without the proposals that are hidden from its reader."""
    fits = fits_of(run)
    rows = assignable_proposals(competition, hidden)
    known = {one.pk for one in rows}
    places: dict[int, list[Place]] = defaultdict(list)
    for one in live_assignments(competition):
        if one.proposal_id in known:
            fit = fits.get((one.proposal_id, one.seat_id))
            places[one.proposal_id].append(Place(one, one.seat.alias, fit))
    best = _best(run)
    needed = competition.reviews_per_proposal
    lines = tuple(
        Line(
            row,
            tuple(places[row.pk]),
            sum(place.fit or 0.0 for place in places[row.pk]),
            best.get(row.pk),
            needed,
        )
        for row in rows
    )
    pairs = [(pk, place.assignment.seat_id) for pk, them in places.items() for place in them]
    return Board(lines, _loads(competition, pairs), objective_of(pairs, fits, known))


def _best(run: AssignmentRun | None) -> dict[int, float]:
    if run is None or not run.result["is_possible"]:
        return {}
    return dict(zip(run.result["proposals"], run.result["best_possible"], strict=True))


def _loads(competition: Competition, pairs: Collection[Pair]) -> tuple[Load, ...]:
    seats = ready_seats(competition)
    known = known_of([seat.user_id for seat in seats])
    count = Counter(seat for _, seat in pairs)
    return tuple(Load(seat, known[seat.user_id].institution, count[seat.pk]) for seat in seats)
