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


def class_texts(
    rules: tuple[str, ...], lq: Floats, employment: Ints, establishments: Ints
) -> tuple[Ints, list[str]]:
    """Which classes every region is in, per cluster.

    Returns:
        For every region and cluster a number, and for every number its classes as the text of a
        PostgreSQL array ("{portal-2017:significant,portal-2017:strong}").
    """
    numbers = np.zeros(lq.shape, dtype=np.int64)
    names: list[str] = []
    for rule in rules:
        columns = [
            CLASS_RULES[rule](lq[:, column], employment[:, column], establishments[:, column])
            for column in range(lq.shape[1])
        ]
        for name in columns[0] if columns else ():
            numbers += np.stack([flags[name] for flags in columns], axis=1) << len(names)
            names.append(f"{rule}:{name}")
    texts = [
        "{" + ",".join(name for bit, name in enumerate(names) if number >> bit & 1) + "}"
        for number in range(1 << len(names))
    ]
    return numbers, texts
