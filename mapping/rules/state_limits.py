"""What a state release leaves for the cells that the county release of its year does not show."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from mapping.rules.flags import CEILING, WITHHELD
from mapping.rules.open_cells import UNLIMITED
from mapping.rules.panel import Ints, Table


@dataclass(frozen=True, slots=True)
class StateLimits:
    """Most jobs of a missing cell by state and code; `UNLIMITED` where the state tells nothing."""

    states: tuple[str, ...]
    most: Ints

    def of(self, units: Sequence[str]) -> Ints:
        """The limits of counties, by the state that their code begins with."""
        place = {state: row for row, state in enumerate(self.states)}
        without = np.full((1, self.most.shape[1]), UNLIMITED, dtype=np.int64)
        rows = [place.get(unit[:2], len(self.states)) for unit in units]
        limits: Ints = np.concatenate([self.most, without])[rows]
        return limits


def state_limits(
    states: Sequence[str], state_cells: Table, counties: Sequence[str], county_cells: Table
) -> StateLimits:
    """Subtract the counties' published cells from their state's, code by code of the counties.

    A state cell without a size class, or that is not shown, tells nothing; nor does one that is
    smaller than its published counties, since then the two files do not fit together.
    """
    place = {state: row for row, state in enumerate(states)}
    published = np.zeros((len(states), len(county_cells.codes)), dtype=np.int64)
    rows = np.array([place.get(unit[:2], -1) for unit in counties], dtype=np.int64)
    np.add.at(published, rows[rows >= 0], county_cells.employment[rows >= 0])
    column = {code: i for i, code in enumerate(state_cells.codes)}
    most = np.full(published.shape, UNLIMITED, dtype=np.int64)
    for own, code in enumerate(county_cells.codes):
        if code not in column:
            continue
        cell = column[code]
        flags = state_cells.flags[:, cell]
        left = state_cells.employment[:, cell] + CEILING[flags] - published[:, own]
        tells = (state_cells.establishments[:, cell] > 0) & (flags != ord(WITHHELD)) & (left >= 0)
        most[:, own] = np.where(tells, left, UNLIMITED)
    return StateLimits(tuple(states), most)
