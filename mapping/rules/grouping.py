"""Sums of columns by group, prepared once and applied to many tables."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Ints = NDArray[np.int64]
Bools = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Grouping:
    """Columns in the order of their group, with where each group begins.

    Whole numbers are added as such: a matrix product in floats would be no faster at this size
    and would start threads for the smallest region.
    """

    order: Ints
    groups: Ints
    starts: Ints
    count: int
    position: Ints

    @classmethod
    def by(cls, position: Ints, count: int) -> "Grouping":
        """Group columns by position; columns at -1 lie in no group."""
        kept = np.flatnonzero(position >= 0)
        order = kept[np.argsort(position[kept], kind="stable")]
        groups, starts = np.unique(position[order], return_index=True)
        return cls(order, groups, starts, count, position)

    def sum(self, cells: Ints | Bools) -> Ints:
        """Sum (of booleans: count) the columns of each group; a group without columns is zero."""
        sums = np.zeros((len(cells), self.count), dtype=np.int64)
        if len(self.order):
            sums[:, self.groups] = np.add.reduceat(
                np.take(cells, self.order, axis=1), self.starts, axis=1, dtype=np.int64
            )
        return sums

    def spread(self, values: Bools) -> Bools:
        """A group's value for each of its columns; False for columns in no group."""
        if not self.count:
            return np.zeros((len(values), len(self.position)), dtype=bool)
        spread: Bools = np.take(values, self.position, axis=1)  # -1 takes the last: masked next
        return spread & (self.position >= 0)
