"""Named, versioned rules that call a region strong in a cluster."""

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from mapping.rules.panel import Ints
from mapping.rules.plan import Floats

Flags = dict[str, NDArray[np.bool_]]

PORTAL_2017 = "portal-2017"
LQ_1_5 = "lq-1.5"


def portal_2017(lq: Floats, employment: Ints, establishments: Ints) -> Flags:
    """The incumbent portal's classes for one cluster over regions of one type.

    Quantiles (type 7) are taken over regions with employment above zero. All classes ask for
    more than the first quartile of quotient, employment and establishments.
    """
    with_jobs = employment > 0
    if not with_jobs.any():
        nobody = np.zeros(len(lq), dtype=bool)
        return dict.fromkeys(("qualifying", "significant", "strong", "strong10"), nobody)
    q25, q50, q75, q90 = np.quantile(lq[with_jobs], [0.25, 0.5, 0.75, 0.9])
    floors = (
        with_jobs
        & (employment > np.quantile(employment[with_jobs], 0.25))
        & (establishments > np.quantile(establishments[with_jobs], 0.25))
    )
    return {
        "qualifying": floors & (lq > q25),
        "significant": floors & (lq > q50),
        "strong": floors & (lq >= q75) & (lq >= 1),
        "strong10": floors & (lq >= q90) & (lq >= 1),
    }


def lq_1_5(lq: Floats, employment: Ints, establishments: Ints) -> Flags:
    """The programme paper's line: half as much again as the nation's share."""
    del establishments
    return {"specialized": (lq >= 1.5) & (employment > 0)}


CLASS_RULES: dict[str, Callable[[Floats, Ints, Ints], Flags]] = {
    PORTAL_2017: portal_2017,
    LQ_1_5: lq_1_5,
}


def class_names(
    rules: tuple[str, ...], lq: Floats, employment: Ints, establishments: Ints
) -> list[list[list[str]]]:
    """For every region and cluster the names ("portal-2017:strong") of the classes it is in."""
    regions, clusters = lq.shape
    names: list[list[list[str]]] = [[[] for _ in range(clusters)] for _ in range(regions)]
    for rule in rules:
        for cluster in range(clusters):
            flags = CLASS_RULES[rule](
                lq[:, cluster], employment[:, cluster], establishments[:, cluster]
            )
            for name, holds in flags.items():
                for region in np.flatnonzero(holds).tolist():
                    names[region][cluster].append(f"{rule}:{name}")
    return names
