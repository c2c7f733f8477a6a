"""The scores of one panel as matrices, and whether they can be compared at all."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array
from scipy.sparse.csgraph import connected_components

from kit.refusals import refuse

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Score:
    """What one reviewer gave one proposal."""

    proposal: str
    reviewer: str
    value: float


@dataclass(frozen=True, slots=True, eq=False)
class Panel:
    """All scores of a panel.

    Attributes:
        proposals: P identifiers, sorted.
        reviewers: R identifiers, sorted.
        given: P x R, true where the reviewer scored the proposal.
        values: P x R, the score; zero where none was given.
    """

    proposals: tuple[str, ...]
    reviewers: tuple[str, ...]
    given: NDArray[np.bool_]
    values: Floats

    @property
    def reviews(self) -> int:
        """How many scores there are."""
        return int(self.given.sum())

    @property
    def per_proposal(self) -> Floats:
        """How many scores each proposal has (P)."""
        counts: Floats = self.given.sum(axis=1).astype(np.float64)
        return counts

    @property
    def raw_means(self) -> Floats:
        """Each proposal's plain mean (P)."""
        means: Floats = self.values.sum(axis=1) / self.per_proposal
        return means

    @property
    def parts(self) -> tuple[tuple[str, ...], ...]:
        """Groups of proposals that no chain of shared reviewers connects.

        >>> panel_of([Score("A", "r", 1), Score("B", "s", 2)]).parts
        (('A',), ('B',))
        """
        shared = csr_array(self.given.astype(np.int64) @ self.given.T.astype(np.int64))
        count, label = connected_components(shared, directed=False)
        return tuple(
            tuple(name for name, part in zip(self.proposals, label, strict=True) if part == number)
            for number in range(count)
        )

    def without_reviewer(self, reviewer: str) -> list[Score]:
        """The scores of everybody else."""
        return [score for score in self.scores() if score.reviewer != reviewer]

    def scores(self) -> list[Score]:
        """The scores as a list, by proposal and reviewer."""
        return [
            Score(self.proposals[row], self.reviewers[column], float(self.values[row, column]))
            for row, column in zip(*np.nonzero(self.given), strict=True)
        ]


def panel_of(scores: Iterable[Score]) -> Panel:
    """Put scores into matrices.

    Raises:
        Refused: ``no_scores``, ``score_not_a_number``, ``scored_twice``.

    >>> panel = panel_of([Score("A", "r", 4), Score("A", "s", 6), Score("B", "s", 5)])
    >>> panel.raw_means.tolist()
    [5.0, 5.0]
    """
    listed = list(scores)
    if not listed:
        raise refuse("no_scores", "There is no score yet.")
    proposals = tuple(sorted({score.proposal for score in listed}))
    reviewers = tuple(sorted({score.reviewer for score in listed}))
    row = {name: number for number, name in enumerate(proposals)}
    column = {name: number for number, name in enumerate(reviewers)}
    given = np.zeros((len(proposals), len(reviewers)), dtype=np.bool_)
    values = np.zeros(given.shape)
    for score in listed:
        if not math.isfinite(score.value):
            raise refuse(
                "score_not_a_number", f"{score.reviewer}'s score of {score.proposal} is no number."
            )
        place = row[score.proposal], column[score.reviewer]
        if given[place]:
            raise refuse("scored_twice", f"{score.reviewer} scored {score.proposal} twice.")
        given[place] = True
        values[place] = score.value
    return Panel(proposals, reviewers, given, values)
