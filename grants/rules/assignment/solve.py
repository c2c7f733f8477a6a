"""The assignment: worst-off proposal first, then the total, with a bound that anybody can check."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from grants.rules.assignment.problem import Flags, Floats, Problem
from grants.rules.assignment.program import Program, every_pair, likely_pairs
from grants.rules.assignment.relaxation import (
    NOTHING,
    Relaxed,
    best_floor,
    best_total,
    nearest,
)
from grants.rules.assignment.shortage import Shortage, shortage_of
from grants.rules.assignment.whole import greatest_floor, greatest_total, repaired

# Up to this many pairs the worst-off proposal's worth is settled exactly.
EXACT_PAIRS = 10_000
# Larger: the floor is lowered by the least of these shares that lets whole reviews be found. The
# last one is the declared loss.
FLOOR_SHARES = (1.0, 0.9995, 0.999, 0.995, 0.99, 0.98, 0.95, 0.9)


@dataclass(frozen=True, slots=True, eq=False)
class Assignment:
    """Who reviews what, and how good that is.

    Attributes:
        pairs: (proposal, reviewer), sorted.
        total, worst: sum of affinities; worth of the worst-off proposal.
        bound: no assignment with this worst worth has a greater total.
        worst_bound: no assignment leaves the worst-off proposal better off.
        free_total: the total that could be had if the worst-off did not matter.
        is_proved: whether both stages are proven optimal.
        per_proposal, best_possible: P worths, and what each could have alone.
        loads: R proposals per reviewer.
        conflict_costs: (proposal, reviewer, at most how much the total would gain), for those
            forbidden pairs that would be wanted, dearest first.
    """

    pairs: tuple[tuple[int, int], ...]
    total: float
    worst: float
    bound: float
    worst_bound: float
    free_total: float
    is_proved: bool
    per_proposal: Floats
    best_possible: Floats
    loads: tuple[int, ...]
    conflict_costs: tuple[tuple[int, int, float], ...]

    @property
    def gap(self) -> float:
        """How far, at most, the total is below the best, as a share of the bound."""
        return max(self.bound - self.total, 0.0) / abs(self.bound) if self.bound else 0.0


def assign(problem: Problem, *, seed: int = 0) -> Assignment | Shortage:
    """Assign reviewers, or say what stands in the way.

    Ties are broken by the seed alone: proposals and reviewers are put in a random order first, so
    that nobody gains by the place of a name in a list.

    >>> fits = np.array([[0.9, 0.1, 0.5], [0.8, 0.2, 0.4]])
    >>> from grants.rules.assignment.problem import Load
    >>> assign(Problem(fits, np.zeros((2, 3), bool), 1, Load(0, 1))).pairs
    ((0, 2), (1, 0))
    """
    rng = np.random.default_rng(seed)
    rows = rng.permutation(problem.affinity.shape[0])
    columns = rng.permutation(problem.affinity.shape[1])
    turned = problem.turned(rows, columns)
    is_small = problem.affinity.size <= EXACT_PAIRS
    possible = nearest(every_pair(turned) if is_small else likely_pairs(turned), None)
    if possible.missing > NOTHING:
        return shortage_of(problem)
    made, stage = (_exact if is_small else _large)(possible.program)
    chosen = np.zeros_like(made)
    chosen[np.ix_(rows, columns)] = made
    gain = np.zeros_like(problem.affinity)
    gain[np.ix_(rows, columns)] = stage.relaxed.gain
    return _described(problem, chosen, stage, gain)


@dataclass(frozen=True, slots=True, eq=False)
class _Stage:
    """What was proved on the way."""

    relaxed: Relaxed
    bound: float
    worst_bound: float
    free_total: float
    is_proved: bool


def _exact(program: Program) -> tuple[Flags, _Stage]:
    """Small enough for whole numbers throughout: the relaxation's floor, if it can be had."""
    problem, free = program.problem, best_total(program, None)
    worst_bound, _ = best_floor(program, float(problem.best_possible.min()))
    second = greatest_total(program, worst_bound - NOTHING)
    if second is None:
        made, _ = _lowered(free, program, worst_bound)
        known = float((problem.affinity * made).sum(axis=1).min())
        first = greatest_floor(program, known - NOTHING)
        if first is not None:
            known = max(known, float((program.worth_of_proposal @ first.x).min()))
            worst_bound = max(known, min(worst_bound, first.bound))
        second = greatest_total(program, known - NOTHING)
    if second is None:
        return made, _proved(problem, made, free, (worst_bound, free.value))
    chosen = program.chosen(second.x)
    worst = float((problem.affinity * chosen).sum(axis=1).min())
    is_proved = second.is_proved and worst >= worst_bound - 1e-6
    relaxed = best_total(program, worst - NOTHING)
    return chosen, _Stage(relaxed, second.bound, worst_bound, free.value, is_proved)


def _large(program: Program) -> tuple[Flags, _Stage]:
    free = best_total(program, None)
    ceiling = float(program.problem.best_possible.min())
    worst_bound, fair = best_floor(free.program, ceiling)
    made, relaxed = _lowered(free, fair, worst_bound)
    return made, _proved(program.problem, made, relaxed, (worst_bound, free.value))


def _lowered(free: Relaxed, fair: Program, worst_bound: float) -> tuple[Flags, Relaxed]:
    """Whole reviews at the highest floor that lets them be found."""
    for share in FLOOR_SHARES:
        floor = worst_bound - (1 - share) * abs(worst_bound) - NOTHING
        relaxed = best_total(fair, floor)
        made = repaired(relaxed, floor)
        if made is not None:
            return made, relaxed
    return _whole_without_floor(free), free


def _whole_without_floor(free: Relaxed) -> Flags:
    """Without floor and institutions the relaxation is a flow, and flows come out whole."""
    made = repaired(free, float(free.program.problem.affinity.min()) * free.program.problem.reviews)
    if made is None:
        raise ArithmeticError("a possible competition has no whole assignment")
    return made


def _proved(problem: Problem, made: Flags, relaxed: Relaxed, bounds: tuple[float, float]) -> _Stage:
    worst_bound, free_total = bounds
    worst = float((problem.affinity * made).sum(axis=1).min())
    total = float(problem.affinity[made].sum())
    tight = worst >= worst_bound - 1e-6 and total >= relaxed.value - 1e-6
    return _Stage(relaxed, relaxed.value, worst_bound, free_total, tight)


def _described(problem: Problem, chosen: Flags, stage: _Stage, gain: Floats) -> Assignment:
    worth = (problem.affinity * chosen).sum(axis=1)
    wanted = np.argwhere(problem.forbidden & (gain > 1e-6))
    costs = sorted(
        ((int(row), int(column), float(gain[row, column])) for row, column in wanted),
        key=lambda cost: (-cost[2], cost[:2]),
    )
    total = float(worth.sum())
    return Assignment(
        pairs=tuple((int(row), int(column)) for row, column in np.argwhere(chosen)),
        total=total,
        worst=float(worth.min()),
        bound=max(stage.bound, total),
        worst_bound=stage.worst_bound,
        free_total=stage.free_total,
        is_proved=stage.is_proved,
        per_proposal=worth,
        best_possible=problem.best_possible,
        loads=tuple(int(load) for load in chosen.sum(axis=0)),
        conflict_costs=tuple(costs),
    )


def check(problem: Problem, assignment: Assignment) -> list[str]:
    """Which limits an assignment breaks; empty for a sound one. For auditors and tests."""
    made = np.zeros(problem.affinity.shape, dtype=np.bool_)
    made[tuple(np.array(assignment.pairs).T)] = True
    broken = []
    if (made & problem.forbidden).any():
        broken.append("a pair in conflict was made")
    if (problem.kept & ~made).any():
        broken.append("a fixed pair is missing")
    if (made.sum(axis=1) != problem.reviews).any():
        broken.append("a proposal has another number of reviews")
    loads = made.sum(axis=0)
    if (loads < problem.lows).any() or (loads > problem.highs).any():
        broken.append("a reviewer's load is outside its limits")
    for label, members in problem.shared_institutions.items():
        if made[:, members].sum(axis=1).max() > 1:
            broken.append(f"two of {label} read one proposal")
    return broken
