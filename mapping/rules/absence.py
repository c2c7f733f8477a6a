"""Parents that no county of a region shows: the file leaves out cells under three firms."""

import numpy as np

from mapping.rules.assignment import Assigned
from mapping.rules.panel import Ints
from mapping.rules.plan import Plan
from mapping.rules.terms import Base


def absent_jobs(regions: Assigned, plan: Plan) -> tuple[Ints, Ints, Ints]:
    """Most jobs in absent parents: of each cluster, of the rest of its base, of everything.

    An absent parent can hold as many establishments as the Basis says (two), each of the code's
    national mean size.
    """
    sizes = np.where(regions.present == 0, plan.absent_size[None, :], 0).astype(np.float64)
    shared = plan.parents_of_pairs()
    beside = np.zeros_like(shared)
    for index, base in enumerate(plan.base_of_cluster):
        beside[index] = _has_other_codes(plan, index, base)
    return (
        np.rint(sizes @ shared.T).astype(np.int64),
        np.rint(sizes @ beside.T).astype(np.int64),
        np.rint(sizes.sum(axis=1)).astype(np.int64),
    )


def _has_other_codes(plan: Plan, cluster: int, base: Base) -> Ints:
    """Parents with at least one code of the base outside the cluster."""
    others = plan.member[:, cluster] == 0
    if base is not Base.TOTAL:
        others = others & plan.in_base[base]
    parents = plan.parent_of[others & (plan.parent_of >= 0)]
    has = np.zeros(len(plan.parent_codes), dtype=np.int64)
    has[parents] = 1
    return has
