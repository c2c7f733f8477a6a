"""Does the result hang on one reviewer? Every reviewer is left out once."""

from __future__ import annotations

import numpy as np

from grants.rules.scoring.calibration import Method, calibrate
from grants.rules.scoring.reviews import Floats, Panel, panel_of
from kit.refusals import Refused


def staying_power(panel: Panel, awards: int, method: Method) -> Floats:
    """Share of refits, each without one reviewer, that leave a proposal on its side of the line.

    A proposal whose only reviews were the one left out, and a refit that falls apart, do not count.

    Returns:
        P shares; 1 where nobody's scores decide alone, NaN where no refit could be made.
    """
    side = first_ones(calibrate(panel, method).scores, awards)
    place = {name: number for number, name in enumerate(panel.proposals)}
    kept, refits = np.zeros(len(side)), np.zeros(len(side))
    for reviewer in panel.reviewers:
        try:
            smaller = panel_of(panel.without_reviewer(reviewer))
            again = first_ones(calibrate(smaller, method).scores, awards)
        except Refused:
            continue
        rows = [place[name] for name in smaller.proposals]
        refits[rows] += 1
        kept[rows] += again == side[rows]
    shares: Floats = np.full(len(side), np.nan)
    np.divide(kept, refits, out=shares, where=refits > 0)
    return shares


def first_ones(scores: Floats, awards: int) -> np.ndarray[tuple[int], np.dtype[np.bool_]]:
    """Which proposals are among the first ``awards``; ties go by place, as in the list given.

    >>> first_ones(np.array([3.0, 9.0, 5.0]), 2).tolist()
    [False, True, True]
    """
    chosen = np.zeros(len(scores), dtype=np.bool_)
    chosen[np.argsort(-scores, kind="stable")[:awards]] = True
    return chosen
