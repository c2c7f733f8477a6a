"""Sums over the nation, from which mean sizes are taken."""

import numpy as np
from numpy.typing import NDArray

from mapping.rules.blocks import CELL, Cells
from mapping.rules.flags import MIDPOINT, WITHHELD
from mapping.rules.panel import Ints, Table


def national_table(table: Table) -> Table:
    """One row: the sum over units, so that jobs per establishment are meaningful.

    A withheld cell with a size class counts at its midpoint; one without counts at the mean of
    the cells of its code that are shown.
    """
    without_class = table.flags == ord(WITHHELD)
    return Table(
        table.codes,
        *_scaled(
            np.where(without_class, 0, table.establishments).sum(axis=0),
            table.establishments.sum(axis=0),
            (table.employment + MIDPOINT[table.flags]).sum(axis=0),
            table.payroll.sum(axis=0),
        ),
    )


def _scaled(
    counted: Ints, establishments: Ints, employment: Ints, payroll: Ints
) -> tuple[Ints, Ints, Ints, Ints]:
    """Flags, establishments, employment and payroll of the one row."""
    scaled = -(-employment * establishments // np.maximum(counted, 1))
    return (
        np.zeros((1, len(counted)), dtype=np.int64),
        establishments[None, :],
        np.where(counted > 0, scaled, 0)[None, :],
        payroll[None, :],
    )


def national_cells(cells: Cells, codes: int) -> Cells:
    """The sum over all regions of a release, code by code, as the cells of a block.

    The same as `national_table`, straight from the records: no dense table is made.
    """
    code = cells["code"]

    def summed(values: NDArray[np.int64]) -> Ints:
        # Sums stay far below 2**53, where floats of whole numbers are exact.
        return np.bincount(code, values, codes).astype(np.int64)

    without_class = cells["flag"] == ord(WITHHELD)
    table = _scaled(
        summed(np.where(without_class, 0, cells["establishments"])),
        summed(cells["establishments"]),
        summed(cells["employment"] + MIDPOINT[cells["flag"]]),
        summed(cells["payroll"]),
    )
    return as_cells(Table(tuple(map(str, range(codes))), *table))


def as_cells(table: Table) -> Cells:
    """A one-row table as the cells of a block."""
    shown = np.flatnonzero(table.establishments[0])
    cells = np.zeros(len(shown), dtype=CELL)
    cells["code"] = shown
    cells["establishments"] = table.establishments[0, shown]
    cells["employment"] = table.employment[0, shown]
    cells["payroll"] = table.payroll[0, shown]
    return cells
