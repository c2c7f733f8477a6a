"""Small economies, invented by hand or by seed, as panels and definitions."""

import numpy as np

from mapping.rules.definitions import ClusterEntry, Definition
from mapping.rules.panel import Panel, Parents
from mapping.rules.plan import absent_size, make_plan
from mapping.rules.terms import ClusterKind

CODES = ("111111", "111112", "111113", "222211", "222212", "333311", "333312", "444411")
PARENTS = ("1111", "2222", "3333", "4444")
DEFINITION = Definition(
    clusters=(
        ClusterEntry("1", "Orchards", ClusterKind.TRADED),
        ClusterEntry("2", "Machines", ClusterKind.TRADED),
        ClusterEntry("101", "Bakeries", ClusterKind.LOCAL),
        ClusterEntry("1001", "Mines", ClusterKind.RESOURCE),
    ),
    cluster_of={
        "111111": "1", "111112": "1", "111113": "2", "222211": "2", "222212": "101",
        "333311": "101", "333312": "101", "444411": "1001",
    },
)  # fmt: skip


def parent_sums(cells):
    index = [PARENTS.index(code[:4]) for code in CODES]
    sums = np.zeros((len(cells), len(PARENTS)), dtype=np.int64)
    for column, parent in enumerate(index):
        sums[:, parent] += cells[:, column]
    return sums


def published_panel(jobs, shown):
    """A panel that shows some cells of a true economy and the totals of all parents."""
    jobs = np.asarray(jobs, dtype=np.int64)
    firms = np.where(jobs > 0, 1 + jobs // 10, 0)
    visible = np.asarray(shown, dtype=bool) & (jobs > 0)
    seen = np.where(visible, jobs, 0)
    return Panel(
        units=tuple(f"{i:05d}" for i in range(len(jobs))),
        codes=CODES,
        establishments=np.where(visible, firms, 0),
        employment=seen,
        floor=seen,
        ceiling=seen,
        payroll=seen * 50,
        missing=~visible,
        parents=Parents(PARENTS, parent_sums(firms), parent_sums(jobs), parent_sums(jobs * 50)),
        totals=None,
    )


def plan_for(panel):
    return make_plan(
        DEFINITION,
        panel.codes,
        panel.parents.codes if panel.parents else None,
        absent_size(
            (panel.parents or panel).employment.sum(axis=0),
            (panel.parents or panel).establishments.sum(axis=0),
            2,
        ),
    )
