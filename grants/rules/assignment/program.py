"""The assignment as a linear program over a set of candidate pairs."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from scipy.sparse import csr_array, vstack

from grants.rules.assignment.problem import Flags, Floats, Problem, Whole

TIE = 1e-9  # less than any difference of worth that matters


@dataclass(frozen=True, eq=False)
class Program:
    """Rows of the program; columns are candidate pairs (n of them).

    Every pair is 0 or 1. Row blocks: reviews of each proposal (equal), load of each reviewer
    (low to high), one of an institution per proposal (at most 1), worth of each proposal (at
    least the floor).
    """

    problem: Problem
    candidates: Flags

    @cached_property
    def pairs(self) -> tuple[Whole, Whole]:
        """Proposal and reviewer of each column."""
        rows, columns = np.nonzero(self.candidates)
        return rows.astype(np.int64), columns.astype(np.int64)

    @cached_property
    def worth(self) -> Floats:
        """Affinity of each column (n)."""
        return self.problem.affinity[self.pairs]

    @property
    def size(self) -> int:
        """How many columns."""
        return len(self.worth)

    def _rows(self, index: Whole, values: Floats, count: int) -> csr_array:
        return csr_array((values, (index, np.arange(self.size))), shape=(count, self.size))

    @cached_property
    def of_proposal(self) -> csr_array:
        """P x n, ones."""
        return self._rows(self.pairs[0], np.ones(self.size), self.problem.affinity.shape[0])

    @cached_property
    def of_reviewer(self) -> csr_array:
        """R x n, ones."""
        return self._rows(self.pairs[1], np.ones(self.size), self.problem.affinity.shape[1])

    @cached_property
    def worth_of_proposal(self) -> csr_array:
        """P x n, affinities."""
        return self._rows(self.pairs[0], self.worth, self.problem.affinity.shape[0])

    @cached_property
    def of_institution(self) -> csr_array:
        """Proposals x shared institutions by n, ones."""
        rows, columns = self.pairs
        proposals = self.problem.affinity.shape[0]
        blocks = [csr_array((0, self.size))]
        for members in self.problem.shared_institutions.values():
            here = np.flatnonzero(np.isin(columns, members))
            blocks.append(
                csr_array((np.ones(len(here)), (rows[here], here)), shape=(proposals, self.size))
            )
        return vstack(blocks, format="csr")

    @cached_property
    def least(self) -> Floats:
        """Lower limit of each column: 1 for a pair the chair has fixed."""
        return self.problem.kept[self.pairs].astype(np.float64)

    def chosen(self, x: Floats) -> Flags:
        """P x R of a solution."""
        made = np.zeros(self.candidates.shape, dtype=np.bool_)
        rows, columns = self.pairs
        made[rows[x > 0.5], columns[x > 0.5]] = True
        return made


def every_pair(problem: Problem) -> Program:
    """The program over all pairs that are not forbidden."""
    return Program(problem, ~problem.forbidden)


def likely_pairs(problem: Problem) -> Program:
    """A small program to start from: the best few of each proposal and of each reviewer."""
    allowed = np.where(problem.forbidden, -np.inf, spread(problem.affinity))
    deep = min(4 * problem.reviews, allowed.shape[1])
    wide = min(2 * max(int(problem.highs.max()), 1), allowed.shape[0])
    picked = np.zeros(allowed.shape, dtype=np.bool_)
    np.put_along_axis(picked, np.argpartition(-allowed, deep - 1, axis=1)[:, :deep], True, axis=1)
    np.put_along_axis(picked, np.argpartition(-allowed, wide - 1, axis=0)[:wide], True, axis=0)
    return Program(problem, (picked & ~problem.forbidden) | problem.kept)


def spread(worth: Floats) -> Floats:
    """The same worths with ties apart, in another order for every proposal.

    Where many pairs are worth the same (nobody knows a field), the best few of each proposal would
    be the same few reviewers, who cannot read everything.
    """
    rows, columns = worth.shape
    place = (np.arange(columns)[None, :] - 11 * np.arange(rows)[:, None]) % columns
    apart: Floats = worth + TIE * place / columns
    return apart
