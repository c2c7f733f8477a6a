"""Dense tables of regions by industries, as the measures need them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from mapping.rules.blocks import CELL, Cells, unpack
from mapping.rules.flags import CEILING, FLOOR, MIDPOINT, WITHHELD
from mapping.rules.terms import Imputation

Ints = NDArray[np.int64]
Bools = NDArray[np.bool_]
TOTAL_CODE = "------"


@dataclass(frozen=True, slots=True)
class Parents:
    """Four-digit totals of the same units; what the six-digit cells leave open lies in them."""

    codes: tuple[str, ...]
    establishments: Ints
    employment: Ints
    payroll: Ints


@dataclass(frozen=True, slots=True)
class Panel:
    """Cells of units (counties or states) by six-digit codes.

    Attributes:
        employment: The value of the chosen imputation.
        floor: Least employment that a cell's publication proves.
        ceiling: Most that a withheld cell's size class allows (its value, where published).
        missing: No published employment: the cell is absent or withheld.
        parents: Four-digit totals, where a release has them.
        totals: Employment of each unit by the file's own total row, where it has one.
        most: The most that a missing cell can hold by other releases, where one tells.
    """

    units: tuple[str, ...]
    codes: tuple[str, ...]
    establishments: Ints
    employment: Ints
    floor: Ints
    ceiling: Ints
    payroll: Ints
    missing: Bools
    parents: Parents | None
    totals: Ints | None
    most: Ints | None = None

    @property
    def is_paid(self) -> Bools:
        """Cells that publish jobs and their pay.

        A cell with jobs and no pay has its pay withheld; one whose jobs are withheld may still
        show its pay. A wage is taken over neither.
        """
        published: Bools = ~self.missing & ((self.payroll > 0) | (self.employment == 0))
        return published


@dataclass(frozen=True, slots=True)
class Table:
    """One release's blocks, spread out: units by codes."""

    codes: tuple[str, ...]
    flags: Ints
    establishments: Ints
    employment: Ints
    payroll: Ints


def spread(
    units: Sequence[str], codes: Sequence[str], blocks: Mapping[str, bytes | memoryview]
) -> Table:
    """Unpack the blocks of the units into dense arrays; a unit without a block has zeros."""
    parts = [unpack(blocks[unit]) if unit in blocks else np.empty(0, CELL) for unit in units]
    cells: Cells = np.concatenate(parts) if parts else np.empty(0, CELL)
    rows = np.repeat(np.arange(len(units)), [len(part) for part in parts])
    where = rows, cells["code"].astype(np.int64)
    columns = {}
    for name in ("flag", "establishments", "employment", "payroll"):
        dense = np.zeros((len(units), len(codes)), dtype=np.int64)
        dense[where] = cells[name]
        columns[name] = dense
    return Table(
        tuple(codes),
        columns["flag"],
        columns["establishments"],
        columns["employment"],
        columns["payroll"],
    )


def as_parents(table: Table) -> Parents:
    """A four-digit release as totals."""
    return Parents(table.codes, table.establishments, table.employment, table.payroll)


def build_panel(
    units: Sequence[str],
    table: Table,
    imputation: Imputation,
    parents: Parents | None = None,
    mean_size: Ints | None = None,
) -> Panel:
    """Read withheld cells by the imputation and set the file's total row apart.

    Args:
        units: Codes of the rows.
        table: The release's cells.
        imputation: How a cell with a size class enters the value.
        parents: Four-digit totals.
        mean_size: Jobs per establishment of each code in the nation, rounded up: the most that
            is read into an establishment of a cell that is withheld without a size class and
            without a total above it.
    """
    leaves = np.array([code != TOTAL_CODE for code in table.codes], dtype=bool)
    flags = table.flags[:, leaves]
    published = table.employment[:, leaves]
    establishments = table.establishments[:, leaves]
    use_midpoints = imputation is Imputation.MIDPOINT
    ceiling = published + CEILING[flags]
    if parents is None and mean_size is not None:
        ceiling += np.where(flags == ord(WITHHELD), establishments * mean_size[leaves], 0)
    return Panel(
        units=tuple(units),
        codes=tuple(code for code in table.codes if code != TOTAL_CODE),
        establishments=establishments,
        employment=published + (MIDPOINT[flags] if use_midpoints else 0),
        floor=published + (FLOOR[flags] if use_midpoints else 0),
        ceiling=ceiling,
        payroll=table.payroll[:, leaves],
        missing=(establishments == 0) | (flags > 0),
        parents=parents,
        totals=_totals(table, leaves),
    )


def _totals(table: Table, leaves: Bools) -> Ints | None:
    if leaves.all():
        return None
    total: Ints = (table.employment + MIDPOINT[table.flags])[:, ~leaves][:, 0]
    return total
