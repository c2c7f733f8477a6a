"""Everything that an assignment is solved from, gathered in a handful of queries."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass

import numpy as np

from grants.models import Assignment, Competition, PanelSeat, Proposal
from grants.queries.conflicts import barred_pairs
from grants.queries.proposal_words import words_of
from grants.queries.reviewer_words import known_of
from grants.rules.assignment.affinity import Described, affinities
from grants.rules.assignment.problem import Flags, Floats, Load, Problem
from grants.rules.panel_states import LIVE_ASSIGNMENT, AssignmentState, SeatState
from grants.rules.states import ProposalState
from grants.rules.terms import PanelRole
from trail.rules.chain import canonical, digest

TO_ASSIGN = (ProposalState.ELIGIBLE, ProposalState.UNDER_REVIEW)
FIXED = sorted(LIVE_ASSIGNMENT - {AssignmentState.PROPOSED})


@dataclass(frozen=True, slots=True)
class Relaxed:
    """What the chair gives up so that there is an assignment.

    Attributes:
        more_load: how many proposals more than agreed each reviewer may get.
        ignore_least: nobody must get the least load that was agreed.
        same_institution: two reviewers of one institution may read the same proposal.
    """

    more_load: int = 0
    ignore_least: bool = False
    same_institution: bool = False


@dataclass(frozen=True, slots=True, eq=False)
class Facts:
    """What is to be assigned.

    Attributes:
        proposals: keys of P proposals that still need reviewers.
        references: their references.
        seats: keys of R seats.
        aliases: their aliases.
        fits: P x R affinities.
        barred, kept: P x R, ties; pairs that were released already.
        loads, taken: agreed loads; what each seat already reads elsewhere.
        institutions: R keys of names, empty where unknown.
        reviews: reviewers per proposal.
    """

    proposals: tuple[int, ...]
    references: tuple[str, ...]
    seats: tuple[int, ...]
    aliases: tuple[str, ...]
    fits: Floats
    barred: Flags
    kept: Flags
    loads: tuple[Load, ...]
    taken: tuple[int, ...]
    institutions: tuple[str, ...]
    reviews: int

    def problem(self, relaxed: Relaxed) -> Problem:
        """The same as the solver reads it."""
        kept = self.kept.sum(axis=0)
        loads = tuple(
            _load(load, relaxed, taken, int(held))
            for load, taken, held in zip(self.loads, self.taken, kept, strict=True)
        )
        return Problem(
            self.fits,
            self.barred & ~self.kept,
            self.reviews,
            Load(0, max(one.high for one in loads)),
            () if relaxed.same_institution else self.institutions,
            self.kept,
            loads,
        )

    def digest(self, relaxed: Relaxed) -> str:
        """The fingerprint of everything that the solution depends on."""
        return digest(
            canonical(
                {
                    "proposals": list(self.references),
                    "aliases": list(self.aliases),
                    "fits": [[f"{fit:.9f}" for fit in row] for row in self.fits.tolist()],
                    "barred": np.argwhere(self.barred).tolist(),
                    "kept": np.argwhere(self.kept).tolist(),
                    "loads": [[one.low, one.high] for one in self.loads],
                    "taken": list(self.taken),
                    "institutions": list(self.institutions),
                    "reviews": self.reviews,
                    "relaxed": [
                        relaxed.more_load,
                        relaxed.ignore_least,
                        relaxed.same_institution,
                    ],
                }
            )
        )


def _load(load: Load, relaxed: Relaxed, taken: int, held: int) -> Load:
    high = max(load.high + relaxed.more_load - taken, held)
    low = 0 if relaxed.ignore_least else max(load.low - taken, 0)
    return Load(min(low, high), high)


def assignable_proposals(competition: Competition, hidden: Collection[int]) -> list[Proposal]:
    """Proposals in review, in the order of their references, without those that are hidden."""
    rows = Proposal.objects.filter(competition=competition, state__in=TO_ASSIGN)
    rows = rows.exclude(pk__in=hidden).select_related("case", "counting", "group")
    return list(rows.prefetch_related("group__counties").order_by("case__reference"))


def ready_seats(competition: Competition) -> list[PanelSeat]:
    """Reviewers who have accepted, certified their conflicts and passed the training."""
    rows = PanelSeat.objects.filter(
        competition=competition,
        role=PanelRole.REVIEWER,
        state=SeatState.ACCEPTED,
        certified_at__isnull=False,
        trained_at__isnull=False,
    )
    return list(rows.select_related("user").order_by("alias", "pk"))


def assignment_facts(competition: Competition, hidden: Collection[int] = ()) -> Facts | None:
    """Gather the facts; None where no proposal waits or nobody is ready."""
    proposals, seats = assignable_proposals(competition, hidden), ready_seats(competition)
    held = _fixed_pairs(competition)
    count = Counter(proposal for proposal, _ in held)
    reviews = competition.reviews_per_proposal
    open_rows = [one for one in proposals if count[one.pk] < reviews]
    if not open_rows or not seats:
        return None
    open_pks = {one.pk for one in open_rows}
    elsewhere = Counter(seat for proposal, seat in held if proposal not in open_pks)
    known = known_of([seat.user_id for seat in seats])
    return Facts(
        proposals=tuple(one.pk for one in open_rows),
        references=tuple(one.reference for one in open_rows),
        seats=tuple(seat.pk for seat in seats),
        aliases=tuple(seat.alias for seat in seats),
        fits=affinities(
            [_described(one) for one in open_rows],
            [Described(known[seat.user_id].words, known[seat.user_id].tags) for seat in seats],
        ),
        barred=_flags(open_rows, seats, {(p, s) for s, p in barred_pairs(competition)}),
        kept=_flags(open_rows, seats, held),
        loads=tuple(Load(seat.least_load, seat.greatest_load) for seat in seats),
        taken=tuple(elsewhere[seat.pk] for seat in seats),
        institutions=tuple(known[seat.user_id].institution for seat in seats),
        reviews=reviews,
    )


def _fixed_pairs(competition: Competition) -> set[tuple[int, int]]:
    rows = Assignment.objects.filter(proposal__competition=competition, state__in=FIXED)
    return set(rows.filter(suspended_at=None).values_list("proposal_id", "seat_id"))


def _described(proposal: Proposal) -> Described:
    content = proposal.counting.content if proposal.counting else {"title": proposal.title}
    group = proposal.group
    states = {f"state:{county.fips[:2]}" for county in group.counties.all()}
    words = f"{words_of(content)}\n{group.cluster_name}"
    return Described(words, frozenset({f"cluster:{group.cluster_name.casefold()}", *states}))


def _flags(
    proposals: list[Proposal], seats: list[PanelSeat], pairs: Collection[tuple[int, int]]
) -> Flags:
    row = {one.pk: place for place, one in enumerate(proposals)}
    column = {one.pk: place for place, one in enumerate(seats)}
    flags = np.zeros((len(proposals), len(seats)), dtype=np.bool_)
    for proposal, seat in pairs:
        if proposal in row and seat in column:
            flags[row[proposal], column[seat]] = True
    return flags
