"""Everything that one location quotient is made of, line by line, so that anybody can make it anew.

The lines add up to the whole numbers of `concentration.Place`: cells to the value, residuals and
absent parents to the bounds. A test holds them together.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import numpy as np

from mapping.rules.assignment import imputed, totals_of
from mapping.rules.open_cells import open_cells
from mapping.rules.panel import Bools, Ints, Panel, Table
from mapping.rules.plan import Plan

PUBLISHED = ""


@dataclass(frozen=True, slots=True)
class CellRead:
    """One published cell of the region that lies in the base, and how it entered.

    Attributes:
        flag: Letter of the size class or noise, empty where there is none.
        employment: Jobs as the file has them.
        counted: Jobs as the Basis reads them; these add up to the value.
        least: Jobs that the publication of the cell proves.
        most: Jobs that its size class allows.
        is_cluster: Whether the code lies in the cluster; else it is the rest of the base.
        is_paid: Whether jobs and pay are both published; else no wage rests on it.
    """

    county: str
    code: str
    flag: str
    establishments: int
    employment: int
    payroll: int
    counted: int
    least: int
    most: int
    is_cluster: bool
    is_paid: bool


@dataclass(frozen=True, slots=True)
class Residual:
    """A published four-digit total less its cells: jobs in the codes that are missing there.

    Attributes:
        missing: Six-digit codes without a published number that can hold jobs.
        cluster_certain: What of it is surely the cluster's.
        cluster_possible: What of it could be the cluster's.
        rest_certain: What of it surely lies in the base beside the cluster.
        rest_possible: What of it could lie there.
    """

    county: str
    parent: str
    total: int
    shown: int
    residual: int
    missing: tuple[str, ...]
    cluster_certain: int
    cluster_possible: int
    rest_certain: int
    rest_possible: int


@dataclass(frozen=True, slots=True)
class AbsentParent:
    """A four-digit industry that no county of the region shows, and what it could hold at most."""

    parent: str
    jobs: int
    is_of_cluster: bool
    is_of_rest: bool


@dataclass(frozen=True, slots=True)
class Lines:
    """The lines of one region and cluster.

    Attributes:
        totals: Each unit's employment in all; where a cluster is measured over all employment,
            the rest of its base is their sum without the cluster.
    """

    totals: Mapping[str, int]
    cells: tuple[CellRead, ...]
    residuals: tuple[Residual, ...]
    absent: tuple[AbsentParent, ...]


def lines_of(panel: Panel, table: Table, plan: Plan, index: int) -> Lines:
    """Take the panel of a region's units apart for one cluster.

    Args:
        panel: The units as the Basis reads them.
        table: The same units as the file has them, with flags.
        plan: Codes, clusters and parents.
        index: Position of the cluster.
    """
    inside, around = _codes(plan, index)
    return Lines(
        totals=dict(zip(panel.units, totals_of(panel).tolist(), strict=True)),
        cells=tuple(_cells(imputed(panel, plan), table, inside, around)),
        residuals=tuple(_residuals(panel, plan, inside, around)),
        absent=tuple(_absent(panel, plan, index)),
    )


def _codes(plan: Plan, index: int) -> tuple[Bools, Bools]:
    """Which codes lie in the cluster, and which in its base by cells."""
    cluster = plan.definition.clusters[index]
    inside = np.array(
        [plan.definition.cluster_of.get(code) == cluster.code for code in plan.codes], dtype=bool
    )
    return inside, plan.in_base.get(cluster.base, inside)


def _cells(panel: Panel, table: Table, inside: Bools, around: Bools) -> Iterator[CellRead]:
    paid = panel.is_paid
    column = {code: place for place, code in enumerate(table.codes)}
    at = np.array([column[code] for code in panel.codes], dtype=np.int64)
    shown = (panel.establishments > 0) | (panel.employment > 0)
    for row, place in zip(*np.nonzero(shown & (inside | around)), strict=True):
        flag = int(table.flags[row, at[place]])
        yield CellRead(
            county=panel.units[row],
            code=panel.codes[place],
            flag=chr(flag) if flag else PUBLISHED,
            establishments=int(panel.establishments[row, place]),
            employment=int(table.employment[row, at[place]]),
            payroll=int(panel.payroll[row, place]),
            counted=int(panel.employment[row, place]),
            least=int(panel.floor[row, place]),
            most=int(panel.ceiling[row, place]),
            is_cluster=bool(inside[place]),
            is_paid=bool(paid[row, place]),
        )


def _residuals(panel: Panel, plan: Plan, inside: Bools, around: Bools) -> Iterator[Residual]:
    if panel.parents is None:
        return
    shown = plan.by_parent.sum(panel.employment)
    left = np.maximum(panel.parents.employment - shown, 0)
    limits = open_cells(panel, plan.by_parent, left, plan.reading).jobs
    held = {
        "all": plan.by_parent.sum(limits),
        "cluster": plan.by_parent.sum(np.where(inside, limits, 0)),
        "base": plan.by_parent.sum(np.where(around, limits, 0)),
    }
    children = _children(plan)
    for row, place in zip(*np.nonzero((left > 0) & (held["base"] > 0)), strict=True):
        can = {name: int(table[row, place]) for name, table in held.items()}
        amount = int(left[row, place])
        yield Residual(
            county=panel.units[row],
            parent=plan.parent_codes[place],
            total=int(panel.parents.employment[row, place]),
            shown=int(shown[row, place]),
            residual=amount,
            missing=tuple(plan.codes[i] for i in children[place] if limits[row, i] > 0),
            **_entered(amount, can),
        )


def _entered(amount: int, can: Mapping[str, int]) -> dict[str, int]:
    """How a residual enters: as much as own cells can hold, and what no others can hold of it.

    Args:
        amount: Jobs of the residual.
        can: The most that the missing cells of the parent, the cluster and the base can hold.
    """
    entered = {}
    for name, own in (("cluster", can["cluster"]), ("rest", can["base"] - can["cluster"])):
        possible = min(amount, own)
        entered[f"{name}_certain"] = min(max(amount - (can["all"] - own), 0), possible)
        entered[f"{name}_possible"] = possible
    return entered


def _children(plan: Plan) -> dict[int, list[int]]:
    """Positions of every parent's codes."""
    ends = [*plan.by_parent.starts[1:].tolist(), len(plan.by_parent.order)]
    return {
        group: sorted(plan.by_parent.order[start:end].tolist())
        for group, start, end in zip(
            plan.by_parent.groups.tolist(), plan.by_parent.starts.tolist(), ends, strict=True
        )
    }


def _absent(panel: Panel, plan: Plan, index: int) -> Iterator[AbsentParent]:
    present: Ints = (panel.parents or panel).establishments.sum(axis=0)
    for place in np.flatnonzero((present == 0) & (plan.absent_size > 0)).tolist():
        of_cluster = bool(plan.shared[place, index])
        of_rest = bool(plan.beside[place, index])
        if of_cluster or of_rest:
            yield AbsentParent(
                plan.parent_codes[place], int(plan.absent_size[place]), of_cluster, of_rest
            )
