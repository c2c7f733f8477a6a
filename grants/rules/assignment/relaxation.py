"""The assignment with fractions allowed: a proven upper bound, and nearly always the answer.

Large panels start from likely pairs; prices (dual values) then tell whether any pair left out
could improve the result, and such pairs are let in until there are none. The bound is therefore
one over all pairs (column generation; Desaulniers, Desrosiers and Solomon 2005).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy.optimize import OptimizeResult, linprog
from scipy.sparse import csr_array, eye_array, hstack, vstack

from grants.rules.assignment.problem import Flags, Floats
from grants.rules.assignment.program import Program, spread

NOTHING = 1e-7


@dataclass(frozen=True, slots=True, eq=False)
class Relaxed:
    """The best with fractions.

    Attributes:
        program: the candidates at the end.
        x: n shares of the candidate pairs.
        value: the optimum: a bound for every whole assignment.
        missing: how much of what was asked for could not be had (0: possible).
        gain: P x R, how much one pair more would add at the prices of the optimum; positive only
            for forbidden pairs.
    """

    program: Program
    x: Floats
    value: float
    missing: float
    gain: Floats


def nearest(program: Program, floor: float | None) -> Relaxed:
    """Come as near as possible to all that is asked for; ``missing`` is zero where it can be had.

    Its program holds the candidates that are needed for that.
    """
    return _priced(program, floor, weight=0.0)


def best_total(program: Program, floor: float | None) -> Relaxed:
    """Greatest total where no proposal is worth less than the floor.

    Args:
        program: with candidates among which the floor can be had (see ``nearest``).
        floor: None for no floor.
    """
    return _priced(program, floor, weight=1.0)


def best_floor(program: Program, ceiling: float) -> tuple[float, Program]:
    """Greatest worst that every proposal can have, fractions allowed; at most the ceiling.

    Args:
        program: with candidates among which an assignment can be had.
        ceiling: a bound that is known.

    Returns:
        The floor, and the program with the candidates that reach it.
    """
    reached = nearest(program, ceiling)
    if reached.missing <= NOTHING:
        return ceiling, reached.program
    while True:  # ends: the candidates grow each time, and there are finitely many pairs
        solved = _solve_worst(program)
        gain = _gain(program, solved, 0.0, 0.0)
        wanted = ~program.problem.forbidden & ~program.candidates & (gain > NOTHING)
        if not wanted.any():
            return -float(solved.fun), program
        program = Program(program.problem, program.candidates | _most_wanted(wanted, gain))


def _solve_worst(program: Program) -> OptimizeResult:
    """One column more stands for the worst worth, which is to be as great as it can be."""
    problem, n = program.problem, program.size
    proposals = problem.affinity.shape[0]
    limits = vstack([program.of_reviewer, -program.of_reviewer, program.of_institution])
    floors = hstack([-program.worth_of_proposal, csr_array(np.ones((proposals, 1)))])
    return linprog(
        np.append(np.zeros(n), -1.0),
        A_ub=vstack([hstack([limits, csr_array((limits.shape[0], 1))]), floors]),
        b_ub=np.concatenate(
            [
                problem.highs,
                -problem.lows,
                np.ones(program.of_institution.shape[0]),
                np.zeros(proposals),
            ]
        ),
        A_eq=hstack([program.of_proposal, csr_array((proposals, 1))]),
        b_eq=np.full(proposals, problem.reviews),
        bounds=np.column_stack([np.append(program.least, -np.inf), np.append(np.ones(n), np.inf)]),
        method="highs-ds",
    )


def _priced(program: Program, floor: float | None, *, weight: float) -> Relaxed:
    """Solve, let in what the prices call for, solve again."""
    while True:  # ends as in best_floor
        solved = _solve(program, floor, weight)
        gain = _gain(program, solved, floor, weight)
        wanted = ~program.problem.forbidden & ~program.candidates & (gain > NOTHING)
        if not wanted.any():
            break
        program = Program(program.problem, program.candidates | _most_wanted(wanted, gain))
    x = solved.x[: program.size]
    missing = 0.0 if weight else float(solved.fun)
    return Relaxed(program, x, float(program.worth @ x), missing, gain)


def _most_wanted(wanted: Flags, gain: Floats) -> Flags:
    """The few best of each proposal, so that the program stays small."""
    best = np.where(wanted, spread(gain), -np.inf)
    few = min(8, best.shape[1])
    picked = np.zeros(wanted.shape, dtype=np.bool_)
    np.put_along_axis(picked, np.argpartition(-best, few - 1, axis=1)[:, :few], True, axis=1)
    return picked & wanted


def _solve(program: Program, floor: float | None, weight: float) -> OptimizeResult:
    """With a weight: the greatest total. Without: the least that is missing (always solvable)."""
    problem, n = program.problem, program.size
    proposals = problem.affinity.shape[0]
    floors = csr_array((0, n)) if floor is None else program.worth_of_proposal
    at_most = vstack([program.of_reviewer, -program.of_reviewer, program.of_institution, -floors])
    limit = np.concatenate(
        [
            problem.highs,
            -problem.lows,
            np.ones(program.of_institution.shape[0]),
            np.full(floors.shape[0], -(floor or 0.0)),
        ]
    )
    equal, exact = program.of_proposal, np.full(proposals, problem.reviews)
    cost, bounds = -weight * program.worth, np.column_stack([program.least, np.ones(n)])
    if not weight:
        at_most, equal, slack = _with_slack(program, at_most, equal, floors.shape[0])
        cost = np.concatenate([np.zeros(n), np.ones(slack)])
        bounds = np.vstack([bounds, np.column_stack([np.zeros(slack), np.full(slack, np.inf)])])
    return linprog(
        cost, A_ub=at_most, b_ub=limit, A_eq=equal, b_eq=exact, bounds=bounds, method="highs-ds"
    )


def _with_slack(
    program: Program, at_most: csr_array, equal: csr_array, floors: int
) -> tuple[csr_array, csr_array, int]:
    """Columns that stand for a missing review, an unmet least load, a missed floor."""
    proposals, reviewers = program.problem.affinity.shape
    count = proposals + reviewers + floors
    institutions = at_most.shape[0] - 2 * reviewers - floors
    left = csr_array((reviewers, count))
    idle = hstack(
        [csr_array((reviewers, proposals)), -eye_array(reviewers), csr_array((reviewers, floors))]
    )
    none = csr_array((institutions, count))
    poor = hstack([csr_array((floors, proposals + reviewers)), -eye_array(floors)])
    lacking = hstack([eye_array(proposals), csr_array((proposals, reviewers + floors))])
    return (
        hstack([at_most, vstack([left, idle, none, poor])], format="csr"),
        hstack([equal, lacking], format="csr"),
        count,
    )


def _gain(program: Program, solved: OptimizeResult, floor: float | None, weight: float) -> Floats:
    """What one more of each pair would add to the objective, at the optimum's prices (P x R)."""
    problem = program.problem
    proposals, reviewers = problem.affinity.shape
    price = solved.ineqlin.marginals
    high, low = price[:reviewers], price[reviewers : 2 * reviewers]
    gain = weight * problem.affinity + solved.eqlin.marginals[:, None] + (high - low)[None, :]
    start = 2 * reviewers
    for members in problem.shared_institutions.values():
        gain[:, members] += price[start : start + proposals, None]
        start += proposals
    if floor is not None:
        gain -= price[start : start + proposals, None] * problem.affinity
    result: Floats = gain
    return result
