"""Reviews side by side, as rows of a table: one line per criterion."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from grants.queries.reviews import OtherReview
from grants.rules.reviewing import Mark, Weighted


@dataclass(frozen=True, slots=True)
class Cell:
    """What one reviewer gave: the first score, the later one, and why."""

    first: Mark
    after: Mark | None


@dataclass(frozen=True, slots=True)
class Row:
    """One criterion with everybody's scores."""

    criterion: Weighted
    cells: tuple[Cell, ...]


def compared(criteria: Sequence[Weighted], reviews: Sequence[OtherReview]) -> list[Row]:
    """One row per criterion, one cell per review."""
    return [
        Row(
            one,
            tuple(
                Cell(review.first.get(one.key, Mark()), review.after.get(one.key))
                for review in reviews
            ),
        )
        for one in criteria
    ]
