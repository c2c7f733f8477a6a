"""Whole assignments: exact for panels, repaired from the relaxation for large competitions."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, OptimizeResult, milp
from scipy.sparse import csr_array, hstack

from grants.rules.assignment.problem import Flags, Floats
from grants.rules.assignment.program import Program
from grants.rules.assignment.relaxation import NOTHING, Relaxed

# A count of steps, not of seconds: the same input gives the same answer on every machine.
NODES = 200


@dataclass(frozen=True, slots=True, eq=False)
class Whole:
    """A whole solution: n zeros and ones, what it is worth, and the proven bound."""

    x: Floats
    value: float
    bound: float
    is_proved: bool


def greatest_floor(program: Program, known: float) -> Whole | None:
    """The best worth of the worst-off proposal (max-min), at least what is known to be possible."""
    n = program.size
    proposals = program.problem.affinity.shape[0]
    free = csr_array((proposals, 1))
    ones = csr_array(np.ones((proposals, 1)))
    rows = _limits(program, wider=1)
    rows.append(LinearConstraint(hstack([program.worth_of_proposal, -ones]), lb=0.0))
    rows[0] = LinearConstraint(
        hstack([program.of_proposal, free]), program.problem.reviews, program.problem.reviews
    )
    found = _milp(
        np.concatenate([np.zeros(n), [-1.0]]),
        rows,
        Bounds(np.append(program.least, known), np.append(np.ones(n), np.inf)),
        np.append(np.ones(n), 0),
    )
    return _whole(found, n)


def greatest_total(program: Program, floor: float | None) -> Whole | None:
    """The greatest total where no proposal is worth less than the floor, exactly."""
    rows = _limits(program)
    if floor is not None:
        rows.append(LinearConstraint(program.worth_of_proposal, lb=floor))
    n = program.size
    found = _milp(-program.worth, rows, Bounds(program.least, np.ones(n)), np.ones(n))
    return _whole(found, n)


def _limits(program: Program, *, wider: int = 0) -> list[LinearConstraint]:
    problem = program.problem

    def widened(block: csr_array) -> csr_array:
        return hstack([block, csr_array((block.shape[0], wider))]) if wider else block

    rows = [
        LinearConstraint(widened(program.of_proposal), problem.reviews, problem.reviews),
        LinearConstraint(widened(program.of_reviewer), problem.lows, problem.highs),
    ]
    if program.of_institution.shape[0]:
        rows.append(LinearConstraint(widened(program.of_institution), ub=1))
    return rows


def _milp(
    cost: Floats, rows: list[LinearConstraint], bounds: Bounds, integral: Floats
) -> OptimizeResult:
    return milp(
        cost,
        constraints=rows,
        bounds=bounds,
        integrality=integral,
        options={"mip_rel_gap": 0.0, "node_limit": NODES},
    )


def _whole(found: OptimizeResult, n: int) -> Whole | None:
    if found.x is None:
        return None
    bound = found.mip_dual_bound
    return Whole(
        x=np.round(found.x[:n]),
        value=-float(found.fun),
        bound=-float(bound if bound is not None else found.fun),
        is_proved=found.status == 0,
    )


def repaired(relaxed: Relaxed, floor: float) -> Flags | None:
    """Make the few fractional pairs whole; None where that cannot keep the floor.

    Proposals that the relaxation already decided keep their reviewers. The others are assigned
    anew, exactly, with the load that is left; first among their own fractional pairs' reviewers,
    then with some decided proposals opened as well, which frees the reviewers that all want.
    """
    program, x = relaxed.program, relaxed.x
    rows, columns = program.pairs
    split = (x > NOTHING) & (x < 1 - NOTHING)
    if not split.any():
        return program.chosen(x)
    opened = np.zeros(program.candidates.shape[0], dtype=np.bool_)
    opened[rows[split]] = True
    contested = np.unique(columns[split])
    for _ in range(2):
        made = _assign_again(program, x, opened, floor)
        if made is not None:
            return made
        decided = (x >= 1 - NOTHING) & np.isin(columns, contested)
        opened[rows[decided]] = True
    return _assign_again(program, x, opened, floor)


def _assign_again(program: Program, x: Floats, opened: Flags, floor: float) -> Flags | None:
    rows, _ = program.pairs
    settled = ~opened[rows]
    least = np.where(settled, np.round(x), program.least)
    most = np.where(settled, np.round(x), 1.0)
    limits = _limits(program)
    limits.append(LinearConstraint(program.worth_of_proposal, lb=floor - NOTHING))
    found = milp(
        -program.worth,
        constraints=limits,
        bounds=Bounds(least, most),
        integrality=np.ones(program.size),
        options={"mip_rel_gap": 1e-5, "node_limit": NODES},
    )
    return None if found.x is None else program.chosen(found.x)
