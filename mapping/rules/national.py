"""Sums over the nation, from which mean sizes are taken."""

import numpy as np

from mapping.rules.blocks import CELL, Cells
from mapping.rules.flags import MIDPOINT, WITHHELD
from mapping.rules.panel import Ints, Table


def national_table(table: Table) -> Table:
    """One row: the sum over units, so that jobs per establishment are meaningful.

    A withheld cell with a size class counts at its midpoint; one without counts at the mean of
    the cells of its code that are shown.
    """
    without_class = table.flags == ord(WITHHELD)
    counted: Ints = np.where(without_class, 0, table.establishments).sum(axis=0)
    establishments: Ints = table.establishments.sum(axis=0)
    employment: Ints = (table.employment + MIDPOINT[table.flags]).sum(axis=0)
    scaled = -(-employment * establishments // np.maximum(counted, 1))
    return Table(
        table.codes,
        np.zeros((1, len(table.codes)), dtype=np.int64),
        establishments[None, :],
        np.where(counted > 0, scaled, 0)[None, :],
        table.payroll.sum(axis=0)[None, :],
    )


def as_cells(table: Table) -> Cells:
    """A one-row table as the cells of a block."""
    shown = np.flatnonzero(table.establishments[0])
    cells = np.zeros(len(shown), dtype=CELL)
    cells["code"] = shown
    cells["establishments"] = table.establishments[0, shown]
    cells["employment"] = table.employment[0, shown]
    cells["payroll"] = table.payroll[0, shown]
    return cells
