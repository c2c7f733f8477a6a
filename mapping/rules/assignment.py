"""What the published cells prove of each cluster, and what the open residuals could add.

A four-digit total minus its published six-digit cells is the *residual*: jobs that lie in the
missing children. What each missing child can hold says `open_cells`. A residual could be a
cluster's as far as its own missing children can hold it, and must be its own as far as all the
others cannot. Everything here is additive over units, so that a region is the sum of its counties.
"""

from dataclasses import dataclass, fields, replace

import numpy as np

from mapping.rules.hierarchical import share_residuals
from mapping.rules.open_cells import OpenCells, open_cells
from mapping.rules.panel import Ints, Panel
from mapping.rules.plan import Plan
from mapping.rules.terms import Base


@dataclass(frozen=True, slots=True)
class Assigned:
    """Per row (unit or region): arrays by cluster, then vectors, then the parents present.

    `*_certain` is the least and `*_high` the most that can be there. The `rest` is the own base
    without the cluster; for clusters measured over all employment it is the total without them.
    `reported` are the cluster's jobs in published cells, whatever the imputation adds to them.
    `wage_jobs` and `wage_payroll` are those of the cells that publish both jobs and pay.
    `shown` is what the six-digit cells add up to, `total` what the file states in all.
    """

    employment: Ints
    employment_certain: Ints
    employment_high: Ints
    reported: Ints
    rest: Ints
    rest_certain: Ints
    rest_high: Ints
    establishments: Ints
    establishments_certain: Ints
    establishments_high: Ints
    payroll: Ints
    wage_jobs: Ints
    wage_payroll: Ints
    total: Ints
    shown: Ints
    traded: Ints
    local: Ints
    resource: Ints
    total_establishments: Ints
    total_payroll: Ints
    present: Ints

    def sum_by(self, group: Ints, count: int) -> "Assigned":
        """Sum rows into `count` groups; rows of group -1 are left out."""
        inside = group >= 0
        summed = {}
        for field in fields(self):
            rows = getattr(self, field.name)
            total = np.zeros((count, *rows.shape[1:]), dtype=np.int64)
            np.add.at(total, group[inside], rows[inside])
            summed[field.name] = total
        return Assigned(**summed)

    def of_all(self) -> "Assigned":
        """The sum of all rows, as one row."""
        return self.sum_by(np.zeros(len(self.total), dtype=np.int64), 1)


@dataclass(frozen=True, slots=True)
class _Open:
    """Residuals of a panel by parent and by pair, and what the missing cells of each can hold."""

    cells: OpenCells
    residual: Ints
    by_pair: Ints
    held_by_pair: Ints
    held_by_parent: Ints


def employment_of(panel: Panel, plan: Plan) -> Ints:
    """Jobs of every cluster by the imputation, without bounds."""
    return plan.by_cluster.sum(_imputed(panel, plan, _open(panel, plan)).employment)


def imputed(panel: Panel, plan: Plan) -> Panel:
    """The panel as its value counts it: residuals shared, where the imputation shares them."""
    return _imputed(panel, plan, _open(panel, plan))


def _imputed(panel: Panel, plan: Plan, open_: "_Open") -> Panel:
    if plan.reading.weights is None:
        return panel
    shares = share_residuals(open_.residual, open_.cells.jobs, plan.by_parent, plan.reading)
    return replace(panel, employment=panel.employment + shares)


def assign(panel: Panel, plan: Plan) -> Assigned:
    """Assign a panel's cells and residuals to clusters, unit by unit."""
    open_ = _open(panel, plan)
    reported, panel = panel, _imputed(panel, plan, open_)
    spread = _SpreadBase(panel, plan, open_)
    value, floor, ceiling = (
        plan.by_cluster.sum(cells) for cells in (panel.employment, panel.floor, panel.ceiling)
    )
    could, must = _cluster_residuals(open_, plan)
    certain, high = floor + must, ceiling + could
    total = totals_of(panel)
    rest = np.zeros_like(value)
    rest_certain, rest_high = np.zeros_like(value), np.zeros_like(value)
    for base in Base:
        columns = np.array([own is base for own in plan.base_of_cluster], dtype=bool)
        if not columns.any():
            continue
        if base is Base.TOTAL:
            mine, least, most = (total[:, None] - cells for cells in (value, high, certain))
        else:
            mine, least, most = spread.rest_of(base, (value, floor, ceiling))
        rest[:, columns], rest_certain[:, columns] = mine[:, columns], least[:, columns]
        rest_high[:, columns] = most[:, columns]
    source = panel.parents or panel
    firms = plan.by_cluster.sum(panel.establishments)
    least_firms, most_firms = _establishments(open_, plan)
    return Assigned(
        employment=value,
        employment_certain=certain,
        employment_high=high,
        reported=plan.by_cluster.sum(reported.employment),
        rest=rest,
        rest_certain=np.maximum(rest_certain, 0),
        rest_high=np.maximum(rest_high, rest),
        establishments=firms,
        establishments_certain=firms + least_firms,
        establishments_high=firms + most_firms,
        payroll=plan.by_cluster.sum(panel.payroll),
        wage_jobs=plan.by_cluster.sum(np.where(reported.is_paid, reported.employment, 0)),
        wage_payroll=plan.by_cluster.sum(np.where(reported.is_paid, panel.payroll, 0)),
        total=total,
        shown=reported.employment.sum(axis=1),
        traded=_of_base(panel.employment, plan, Base.TRADED),
        local=_of_base(panel.employment, plan, Base.LOCAL),
        resource=_resource(value, plan),
        total_establishments=source.establishments.sum(axis=1),
        total_payroll=source.payroll.sum(axis=1),
        present=source.establishments,
    )


def _of_base(cells: Ints, plan: Plan, base: Base) -> Ints:
    summed: Ints = cells[:, plan.in_base[base]].sum(axis=1)
    return summed


def _resource(value: Ints, plan: Plan) -> Ints:
    columns = np.array([own is Base.TOTAL for own in plan.base_of_cluster], dtype=bool)
    summed: Ints = value[:, columns].sum(axis=1)
    return summed


def totals_of(panel: Panel) -> Ints:
    """All employment of every unit: as the file states it, else the sum of its widest cells."""
    if panel.totals is not None:
        return panel.totals
    total: Ints = (panel.parents or panel).employment.sum(axis=1)
    return total


def _open(panel: Panel, plan: Plan) -> _Open:
    if panel.parents is None:
        residual = np.zeros((len(panel.units), len(plan.parent_codes)), dtype=np.int64)
    else:
        published = plan.by_parent.sum(panel.employment)
        residual = np.maximum(panel.parents.employment - published, 0)
    cells = open_cells(panel, plan.by_parent, residual, plan.reading)
    return _Open(
        cells=cells,
        residual=residual,
        by_pair=residual[:, plan.pair_parent],
        held_by_pair=plan.by_pair.sum(cells.jobs),
        held_by_parent=plan.by_parent.sum(cells.jobs),
    )


def _could_and_must(residual: Ints, own: Ints, others: Ints) -> tuple[Ints, Ints]:
    """What own cells can hold of a residual, and what the others cannot hold of it."""
    could = np.minimum(residual, own)
    return could, np.clip(residual - others, 0, could)


def _cluster_residuals(open_: _Open, plan: Plan) -> tuple[Ints, Ints]:
    """Residuals that could be, and those that must be, each cluster's."""
    others = open_.held_by_parent[:, plan.pair_parent] - open_.held_by_pair
    could, must = _could_and_must(open_.by_pair, open_.held_by_pair, others)
    return plan.pairs_by_cluster.sum(could), plan.pairs_by_cluster.sum(must)


def _establishments(open_: _Open, plan: Plan) -> tuple[Ints, Ints]:
    """Least and most establishments in the absent cells of each cluster.

    Where a parent's establishments contradict its children's nothing is said of the least, and
    all that are left could be anybody's who misses a cell.
    """
    cells = open_.cells
    left, is_wide = cells.left[:, plan.pair_parent], cells.is_read_wide[:, plan.pair_parent]
    own = plan.by_pair.sum(cells.establishments)
    others = plan.by_parent.sum(cells.establishments)[:, plan.pair_parent] - own
    could, must = _could_and_must(left, own, others)
    could = np.where(is_wide & (own > 0), left, could)
    must = np.where(is_wide, 0, must)
    return plan.pairs_by_cluster.sum(must), plan.pairs_by_cluster.sum(could)


class _SpreadBase:
    """The rest of a base beside each cluster, with the residuals that it could or must hold."""

    def __init__(self, panel: Panel, plan: Plan, open_: _Open) -> None:
        self.plan, self.panel, self.open = plan, panel, open_
        self.held_in = {
            base: grouping.sum(open_.cells.jobs) for base, grouping in plan.base_by_parent.items()
        }

    def rest_of(self, base: Base, cells: tuple[Ints, Ints, Ints]) -> tuple[Ints, Ints, Ints]:
        """Value, least and most of the base without each cluster."""
        value, floor, ceiling = cells
        panel, plan = self.panel, self.plan
        could, must = self._residuals(base)
        mine = _of_base(panel.employment, plan, base)[:, None] - value
        least = _of_base(panel.floor, plan, base)[:, None] - floor + must
        most = _of_base(panel.ceiling, plan, base)[:, None] - ceiling + could
        return mine, least, most

    def _residuals(self, base: Base) -> tuple[Ints, Ints]:
        open_, plan = self.open, self.plan
        in_base = self.held_in[base]
        could_all, must_all = _could_and_must(
            open_.residual, in_base, open_.held_by_parent - in_base
        )
        # Parents that share codes with the cluster count only by what its own children leave.
        pair = plan.pair_parent
        beside = in_base[:, pair] - open_.held_by_pair
        could, must = _could_and_must(open_.by_pair, beside, open_.held_by_parent[:, pair] - beside)
        could = could - could_all[:, pair]
        must = must - must_all[:, pair]
        return (
            could_all.sum(axis=1)[:, None] + plan.pairs_by_cluster.sum(could),
            must_all.sum(axis=1)[:, None] + plan.pairs_by_cluster.sum(must),
        )
