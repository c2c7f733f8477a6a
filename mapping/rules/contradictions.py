"""How often the files behind a Basis contradict each other.

Counted once when the measures are made: a reader of the report sees on how many four-digit totals
the stricter reading had to be given up, and why.
"""

from dataclasses import asdict, dataclass

import numpy as np

from mapping.rules.open_cells import open_cells
from mapping.rules.panel import Panel
from mapping.rules.plan import Plan


@dataclass(frozen=True, slots=True)
class Contradictions:
    """Four-digit totals of counties (or states) by what is wrong with them.

    Attributes:
        totals: Published totals that were compared with their cells.
        jobs: The published cells have more jobs than the total above them.
        establishments: Fewer establishments are left than none, or more than the missing cells
            may hold; read as by engine 1.
        states: A state file would leave less room than the total needs; read without its limits.
    """

    totals: int
    jobs: int
    establishments: int
    states: int

    def as_facts(self) -> dict[str, int]:
        """Plain values for the trail."""
        return asdict(self)


def contradictions(panel: Panel, plan: Plan) -> Contradictions | None:
    """Count them over a whole panel; None where nothing is compared (engine 1, no totals).

    Args:
        panel: All units as the Basis reads them.
        plan: Codes and parents, and how residuals are read.
    """
    if panel.parents is None or plan.reading.engine == 1:
        return None
    shown = plan.by_parent.sum(panel.floor)
    total = panel.parents.employment
    cells = open_cells(
        panel,
        plan.by_parent,
        np.maximum(total - plan.by_parent.sum(panel.employment), 0),
        plan.reading,
    )
    compared = panel.parents.establishments > 0
    return Contradictions(
        totals=int(compared.sum()),
        jobs=int((compared & (shown > total)).sum()),
        establishments=int((compared & cells.is_read_wide).sum()),
        states=int((compared & cells.is_without_limits).sum()),
    )
