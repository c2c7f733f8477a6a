"""The assignment board: what a change by hand does to the objective, and what it may not do."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import dataclass

from kit.refusals import Refusal

Pair = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Objective:
    """How good a set of pairs is: the total, and what the worst-off proposal has."""

    total: float
    worst: float


@dataclass(frozen=True, slots=True)
class Change:
    """Pairs (proposal, seat) that are added and taken away."""

    added: frozenset[Pair] = frozenset()
    removed: frozenset[Pair] = frozenset()

    @property
    def undone(self) -> Change:
        """What takes it back."""
        return Change(self.removed, self.added)

    def applied(self, pairs: Collection[Pair]) -> frozenset[Pair]:
        """The pairs afterwards."""
        return (frozenset(pairs) - self.removed) | self.added


@dataclass(frozen=True, slots=True)
class Limits:
    """What stands around a board: ties, agreed loads, institutions, reviews per proposal."""

    barred: frozenset[Pair]
    highest: Mapping[int, int]
    institutions: Mapping[int, str]
    reviews: int


def objective_of(
    pairs: Collection[Pair], fits: Mapping[Pair, float], proposals: Collection[int]
) -> Objective:
    """Total and worst over the proposals; one without a reviewer is worth nothing.

    >>> objective_of({(1, 7), (2, 8)}, {(1, 7): 0.5, (2, 8): 0.25}, [1, 2])
    Objective(total=0.75, worst=0.25)
    """
    worth = dict.fromkeys(proposals, 0.0)
    for pair in pairs:
        if pair[0] in worth:
            worth[pair[0]] += fits.get(pair, 0.0)
    return Objective(sum(worth.values()), min(worth.values(), default=0.0))


def change_refusal(change: Change, pairs: Collection[Pair], limits: Limits) -> Refusal | None:
    """Why a change cannot be made; a tie is never named, only that the pair is not possible."""
    if not change.added and not change.removed:
        return Refusal("nothing_changes", "Choose a reviewer to add or to take off.")
    if change.added & limits.barred:
        return Refusal(
            "pair_not_possible",
            "This reviewer cannot be assigned to this proposal. Choose another reviewer.",
        )
    if change.added & frozenset(pairs):
        return Refusal("already_assigned", "This reviewer is already assigned to this proposal.")
    if change.removed - frozenset(pairs):
        return Refusal(
            "not_assigned", "This reviewer is not assigned to this proposal any more. Reload."
        )
    return None


def change_warnings(
    change: Change, pairs: Collection[Pair], limits: Limits, names: Mapping[int, str]
) -> list[str]:
    """What the chair should know before confirming; none of it forbids the change."""
    after = change.applied(pairs)
    loads = Counter(seat for _, seat in after)
    said = [
        f"{names[seat]} would read {loads[seat]} proposals; {limits.highest[seat]} were agreed."
        for seat in sorted({seat for _, seat in change.added})
        if loads[seat] > limits.highest.get(seat, 0)
    ]
    for proposal in sorted({one for one, _ in change.added | change.removed}):
        team = [seat for one, seat in after if one == proposal]
        if len(team) != limits.reviews:
            said.append(
                f"The proposal would have {len(team)} reviewers instead of {limits.reviews}."
            )
        shared = Counter(limits.institutions.get(seat, "") for seat in team)
        if any(label and count > 1 for label, count in shared.items()):
            said.append("Two reviewers of one institution would read the same proposal.")
    return said
