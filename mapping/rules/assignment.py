"""What the published cells prove of each cluster, and what the open residuals could add.

A four-digit total minus its published six-digit cells is the *residual*: jobs that lie in the
missing children. A residual whose missing children all lie in one cluster is certainly that
cluster's; one whose missing children lie in several could be any one's. Everything here is
additive over units, so that a region is the sum of its counties.
"""

from dataclasses import dataclass, fields

import numpy as np

from mapping.rules.panel import Ints, Panel
from mapping.rules.plan import Plan
from mapping.rules.terms import Base


@dataclass(frozen=True, slots=True)
class Assigned:
    """Per row (unit or region): arrays by cluster, then vectors, then the parents present.

    `*_certain` is the least and `*_high` the most that can be there. The `rest` is the own base
    without the cluster; for clusters measured over all employment it is the total without them.
    `shown` is what the six-digit cells add up to, `total` what the file states in all.
    """

    employment: Ints
    employment_certain: Ints
    employment_high: Ints
    rest: Ints
    rest_certain: Ints
    rest_high: Ints
    establishments: Ints
    payroll: Ints
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
    """Residuals of a panel: by parent, and by pair with what each pair's children leave open."""

    residual: Ints
    by_pair: Ints
    missing_in_pair: Ints
    missing_in_parent: Ints


def assign(panel: Panel, plan: Plan) -> Assigned:
    """Assign a panel's cells and residuals to clusters, unit by unit."""
    spread = _SpreadBase(panel, plan)
    value, floor, ceiling = (
        plan.by_cluster.sum(cells) for cells in (panel.employment, panel.floor, panel.ceiling)
    )
    could, must = _cluster_residuals(spread.open, plan)
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
    return Assigned(
        employment=value,
        employment_certain=certain,
        employment_high=high,
        rest=rest,
        rest_certain=np.maximum(rest_certain, 0),
        rest_high=np.maximum(rest_high, rest),
        establishments=plan.by_cluster.sum(panel.establishments),
        payroll=plan.by_cluster.sum(panel.payroll),
        total=total,
        shown=panel.employment.sum(axis=1),
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
    parent_count = len(plan.parent_codes)
    if panel.parents is None:
        residual = np.zeros((len(panel.units), parent_count), dtype=np.int64)
    else:
        published = plan.by_parent.sum(panel.employment)
        residual = np.maximum(panel.parents.employment - published, 0)
    return _Open(
        residual=residual,
        by_pair=residual[:, plan.pair_parent],
        missing_in_pair=plan.by_pair.sum(panel.missing),
        missing_in_parent=plan.by_parent.sum(panel.missing),
    )


def _cluster_residuals(open_: _Open, plan: Plan) -> tuple[Ints, Ints]:
    """Residuals that could be, and those that must be, each cluster's."""
    inside = open_.missing_in_pair > 0
    outside = (open_.missing_in_parent[:, plan.pair_parent] - open_.missing_in_pair) > 0
    could = np.where(inside, open_.by_pair, 0)
    must = np.where(inside & ~outside, open_.by_pair, 0)
    return plan.pairs_by_cluster.sum(could), plan.pairs_by_cluster.sum(must)


class _SpreadBase:
    """The rest of a base beside each cluster, with the residuals that it could or must hold."""

    def __init__(self, panel: Panel, plan: Plan) -> None:
        self.plan, self.panel = plan, panel
        self.open = _open(panel, plan)
        self.missing_in = {
            base: grouping.sum(panel.missing) for base, grouping in plan.base_by_parent.items()
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
        in_base = self.missing_in[base]
        beyond = (open_.missing_in_parent - in_base) > 0
        could_all = np.where(in_base > 0, open_.residual, 0)
        must_all = np.where((in_base > 0) & ~beyond, open_.residual, 0)
        # Parents that share codes with the cluster count only by what its own children leave.
        pair = plan.pair_parent
        in_cluster = open_.missing_in_pair > 0
        beside = (in_base[:, pair] - open_.missing_in_pair) > 0
        could = np.where(beside, open_.by_pair, 0) - could_all[:, pair]
        must = np.where(beside & ~in_cluster & ~beyond[:, pair], open_.by_pair, 0)
        must -= must_all[:, pair]
        return (
            could_all.sum(axis=1)[:, None] + plan.pairs_by_cluster.sum(could),
            must_all.sum(axis=1)[:, None] + plan.pairs_by_cluster.sum(must),
        )
