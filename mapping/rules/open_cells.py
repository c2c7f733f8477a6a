"""How many jobs of a residual a missing cell can hold, by what is known of its establishments.

A missing cell is *withheld* (its establishments are counted, its jobs are not) or *absent* (the
file leaves it out because it has fewer than three establishments). Engine 1 lets every missing
cell hold the whole residual of its parent. Engine 2 asks further:

- The parent's establishments minus those of its shown children are *left* for the absent ones.
  Where none is left, absent children hold no jobs: what remains is the publisher's noise and
  belongs to nobody. Where fewer than none or more than the absent children may hold are left, the
  two files do not fit together and the parent is read as by engine 1.
- A state release of the same source and year says what all counties of the state hold of a code.
  Minus the counties' published cells that is the most one missing cell of the state can hold.
  Where these limits together are less than the residual, the parent is read without them.
"""

from dataclasses import dataclass

import numpy as np

from mapping.rules.grouping import Bools, Grouping, Ints
from mapping.rules.panel import Panel

ENGINES = (1, 2)
ENGINE = ENGINES[-1]
HIDDEN_ESTABLISHMENTS = 2
UNLIMITED = 1 << 40  # more than any residual; sums of a parent's children stay far from overflow


@dataclass(frozen=True, slots=True)
class Reading:
    """How residuals are read.

    Attributes:
        engine: Version of the rules in this file.
        hidden: Most establishments of an absent cell.
        weights: Expected jobs of a missing cell by code, where residuals are shared among the
            missing cells for the value (hierarchical imputation); None leaves values published.
    """

    engine: int = ENGINE
    hidden: int = HIDDEN_ESTABLISHMENTS
    weights: Ints | None = None


@dataclass(frozen=True, slots=True)
class OpenCells:
    """Per unit and code the most jobs, and the most establishments, of a missing cell.

    `left` are establishments by parent that no shown child has; `is_read_wide` marks the parents
    whose establishments contradict their children's, `is_without_limits` those that are read
    without the limits of the state, since these leave less room than the residual needs.
    """

    jobs: Ints
    establishments: Ints
    left: Ints
    is_read_wide: Bools
    is_without_limits: Bools


def open_cells(panel: Panel, by_parent: Grouping, residual: Ints, reading: Reading) -> OpenCells:
    """Limits of every missing cell of a panel.

    Args:
        panel: Published cells.
        by_parent: Groups the panel's codes by parent.
        residual: Jobs by unit and parent that no published cell has.
        reading: How residuals are read.
    """
    wide: Ints = np.where(panel.missing, UNLIMITED, 0)
    absent = panel.missing & (panel.establishments == 0)
    parents = residual.shape[1]
    if reading.engine == 1 or panel.parents is None:
        nothing = np.zeros((len(panel.units), parents), dtype=np.int64)
        return OpenCells(wide, np.zeros_like(wide), nothing, nothing > 0, nothing > 0)
    left = panel.parents.establishments - by_parent.sum(panel.establishments)
    is_wide = (left < 0) | (left > reading.hidden * by_parent.sum(absent))
    is_empty = left == 0
    jobs = np.where(absent & by_parent.spread(is_empty), 0, wide)
    does_not_fit: Bools = np.zeros(residual.shape, dtype=bool)
    if panel.most is not None:
        limited = np.minimum(jobs, panel.most)
        does_not_fit = by_parent.sum(limited) < residual
        jobs = np.where(by_parent.spread(does_not_fit), jobs, limited)
    return OpenCells(
        jobs=jobs,
        establishments=np.where(absent, reading.hidden, 0),
        left=np.maximum(left, 0),
        is_read_wide=is_wide,
        is_without_limits=does_not_fit,
    )
