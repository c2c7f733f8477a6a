"""Why there is no assignment, and what would have to give: never a bare "infeasible"."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass

import numpy as np
from scipy.optimize import linprog
from scipy.sparse import vstack

from grants.rules.assignment.problem import Load, Problem
from grants.rules.assignment.program import every_pair, likely_pairs
from grants.rules.assignment.relaxation import NOTHING, nearest


@dataclass(frozen=True, slots=True)
class Shortage:
    """What is missing, and the smallest single changes that would help.

    Attributes:
        too_few: proposals with fewer reviewers free of conflict than reviews, and how many.
        missing: reviews that cannot be placed under the limits as they are.
        load_needed: the smallest highest load that would do; None where no load would.
        low_possible: the greatest least load that would do; None where none would.
        sentences: the same for people.
    """

    too_few: tuple[tuple[int, int], ...]
    missing: int
    load_needed: int | None
    low_possible: int | None
    sentences: tuple[str, ...]


def shortage_of(problem: Problem) -> Shortage:
    """Explain a problem that has no assignment."""
    free = (~problem.forbidden).sum(axis=1)
    too_few = tuple((int(row), int(free[row])) for row in np.flatnonzero(free < problem.reviews))
    missing = _reviews_missing(problem)
    load = _load_needed(problem) if missing else None
    low = _low_possible(problem)
    return Shortage(too_few, missing, load, low, _sentences(problem, too_few, missing, (load, low)))


def _is_possible(problem: Problem) -> bool:
    return nearest(likely_pairs(problem), None).missing <= NOTHING


def _reviews_missing(problem: Problem) -> int:
    """Reviews left over when as many as possible are placed and nobody must be busy."""
    program = every_pair(problem)
    proposals = int(problem.affinity.shape[0])
    placed = linprog(
        -np.ones(program.size),
        A_ub=vstack([program.of_reviewer, program.of_institution, program.of_proposal]),
        b_ub=np.concatenate(
            [
                problem.highs,
                np.ones(program.of_institution.shape[0]),
                np.full(proposals, problem.reviews),
            ]
        ),
        bounds=(0, 1),
        method="highs-ds",
    )
    return int(proposals * problem.reviews + round(placed.fun))


def _load_needed(problem: Problem) -> int | None:
    highest: int = problem.affinity.shape[0]
    if not _is_possible(_with_load(problem, 0, highest)):
        return None
    low, high = int(problem.highs.min()), highest
    while low < high:
        middle = (low + high) // 2
        if _is_possible(_with_load(problem, 0, middle)):
            high = middle
        else:
            low = middle + 1
    return high


def _low_possible(problem: Problem) -> int | None:
    for low in range(int(problem.lows.max()), -1, -1):
        if _is_possible(_with_load(problem, low, 0)):
            return low
    return None


def _with_load(problem: Problem, low: int, high: int) -> Problem:
    """The same where nobody must read more than the low, and everybody may read up to the high."""
    wider = tuple(
        Load(min(int(least), low), max(int(most), high))
        for least, most in zip(problem.lows, problem.highs, strict=True)
    )
    return dataclasses.replace(problem, loads=wider)


def _sentences(
    problem: Problem,
    too_few: tuple[tuple[int, int], ...],
    missing: int,
    loads: tuple[int | None, int | None],
) -> tuple[str, ...]:
    load, low = loads
    said = [
        f"Proposal {row} has {count} reviewers without a conflict and needs {problem.reviews}."
        for row, count in too_few
    ]
    if missing:
        said.append(f"{missing} reviews cannot be placed under these limits.")
    least_high, greatest_low = int(problem.highs.min()), int(problem.lows.max())
    if load is not None and load > least_high:
        said.append(f"A highest load of {load} instead of {least_high} would do.")
    if low is not None and low < greatest_low:
        said.append(f"A least load of {low} instead of {greatest_low} would do.")
    if not too_few and load is None and low is None:
        said.append("No load alone helps: invite reviewers from further institutions.")
    return tuple(said)
