"""Parents that no county of a region shows: the file leaves out cells under three firms."""

import numpy as np

from mapping.rules.assignment import Assigned
from mapping.rules.panel import Ints
from mapping.rules.plan import Plan


def absent_jobs(regions: Assigned, plan: Plan) -> tuple[Ints, Ints, Ints]:
    """Most jobs in absent parents: of each cluster, of the rest of its base, of everything.

    An absent parent can hold as many establishments as the Basis says (two), each of the code's
    national mean size.
    """
    sizes: Ints = np.where(regions.present == 0, plan.absent_size[None, :], 0)
    return _times(sizes, plan.shared), _times(sizes, plan.beside), sizes.sum(axis=1)


def _times(sizes: Ints, parents: Ints) -> Ints:
    """The product by way of floats: many times faster, and exact, since jobs stay under 2^53."""
    product: Ints = (sizes.astype(np.float64) @ parents.astype(np.float64)).astype(np.int64)
    return product
