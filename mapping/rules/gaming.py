"""Whether an outline was picked for its figures: how nearby outlines compare with the drawn one.

The neighbourhood of a drawn region: every outline that comes of it by one change - one of its
counties dropped, one touching county added, or one swapped for another - and that falls into no
more pieces than it; and every economic area that holds one of its counties. Published values only:
what an outline's bounds are is said where the drawn one is measured.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from mapping.rules.contiguity import Beside, around, pieces
from mapping.rules.panel import Ints
from mapping.rules.plan import Floats
from mapping.rules.quotient_arrays import quotients

MOST_SWAPS = 6_000
PICKED_FROM = 0.95
ENOUGH_NEARBY = 8


@dataclass(frozen=True, slots=True)
class Change:
    """What makes a nearby outline of the drawn one; an area stands for itself."""

    dropped: str = ""
    added: str = ""
    area: str = ""


@dataclass(frozen=True, slots=True)
class Neighbourhood:
    """All outlines near a drawn region.

    Attributes:
        has_swaps: False where the region is so large that its swaps are left out.
    """

    fips: tuple[str, ...]
    outside: tuple[str, ...]
    changes: tuple[Change, ...]
    has_swaps: bool


@dataclass(frozen=True, slots=True)
class Standing:
    """How the drawn region's quotient in one cluster stands among the nearby outlines.

    Attributes:
        drawn: Its own quotient.
        nearby: How many outlines were compared.
        below: How many of them have a lower quotient.
        middle: Their median.
        best: The highest of them.
        best_change: The change that leads to it.
        area: The quotient of the economic area that holds most of the region; None without one.
    """

    drawn: float
    nearby: int
    below: int
    middle: float
    best: float
    best_change: Change | None
    area: float | None

    @property
    def is_picked(self) -> bool:
        """Whether hardly any nearby outline reaches the drawn one."""
        return self.nearby >= ENOUGH_NEARBY and self.below >= PICKED_FROM * self.nearby


@dataclass(frozen=True, slots=True)
class Jobs:
    """Published jobs by cluster, and of the rest of each cluster's base: a row per place."""

    cluster: Ints
    rest: Ints


def neighbourhood(fips: Sequence[str], beside: Beside, areas: Sequence[str] = ()) -> Neighbourhood:
    """List every outline near a drawn region.

    Args:
        fips: The drawn counties.
        beside: Which counties touch which.
        areas: Economic areas that hold a part of it, the one that holds most first.
    """
    drawn = tuple(sorted(set(fips)))
    outside = tuple(around(drawn, beside))
    has_swaps = len(drawn) * len(outside) <= MOST_SWAPS
    changes = [
        *_changed(drawn, outside, beside, has_swaps=has_swaps),
        *(Change(added=code) for code in outside),
        *(Change(area=area) for area in areas),
    ]
    return Neighbourhood(drawn, outside, tuple(changes), has_swaps)


def _changed(
    drawn: Sequence[str], outside: Sequence[str], beside: Beside, *, has_swaps: bool
) -> Iterator[Change]:
    """Drops and swaps that leave no more pieces than there were."""
    if len(drawn) < 2:
        yield from (Change(drawn[0], code) for code in outside if has_swaps)
        return
    most = len(pieces(drawn, beside))
    for code in drawn:
        parts = pieces((one for one in drawn if one != code), beside)
        if len(parts) <= most:
            yield Change(dropped=code)
        if has_swaps:
            part_of = {one: number for number, part in enumerate(parts) for one in part}
            for new in outside:
                touched = {part_of[one] for one in beside.get(new, ()) if one in part_of}
                if touched and len(parts) + 1 - len(touched) <= most:
                    yield Change(dropped=code, added=new)


def standings(
    near: Neighbourhood, inside: Jobs, outside: Jobs, areas: Mapping[str, Jobs], nation: Jobs
) -> list[Standing]:
    """Compare the drawn region with its neighbourhood, cluster by cluster, all at once.

    Args:
        near: The outlines.
        inside: A row for each of `near.fips`.
        outside: A row for each of `near.outside`.
        areas: One row for each economic area that is named in the changes.
        nation: One row.
    """
    parts = []
    for name in ("cluster", "rest"):
        drawn = getattr(inside, name).sum(axis=0)
        parts.append((drawn, _changed_sums(near, drawn, _Rows(name, inside, outside, areas))))
    (x, xs), (y, ys) = parts
    everywhere, rest = nation.cluster[0], nation.rest[0]
    own = _quotients(x[None], y[None], everywhere, rest)[0]
    return _compared(near, own, _quotients(xs, ys, everywhere, rest))


@dataclass(frozen=True, slots=True)
class _Rows:
    name: str
    inside: Jobs
    outside: Jobs
    areas: Mapping[str, Jobs]


def _changed_sums(near: Neighbourhood, drawn: Ints, rows: _Rows) -> Ints:
    """The drawn sum with every change made: an outline a row."""
    nothing = np.zeros((1, len(drawn)), dtype=np.int64)
    inside = np.vstack([getattr(rows.inside, rows.name), nothing])
    outside = np.vstack([getattr(rows.outside, rows.name), nothing])
    leaves = {code: at for at, code in enumerate(near.fips)}
    comes = {code: at for at, code in enumerate(near.outside)}
    steps = [change for change in near.changes if not change.area]
    dropped = [leaves.get(change.dropped, len(near.fips)) for change in steps]
    added = [comes.get(change.added, len(near.outside)) for change in steps]
    moved = drawn[None] - inside[dropped] + outside[added]
    whole = [getattr(rows.areas[c.area], rows.name) for c in near.changes if c.area]
    summed: Ints = np.vstack([moved, *whole])
    return summed


def _quotients(x: Ints, y: Ints, everywhere: Ints, rest: Ints) -> Floats:
    return quotients(
        x.astype(np.float64),
        y.astype(np.float64),
        (everywhere - x).astype(np.float64),
        (rest - y).astype(np.float64),
    )


def _compared(near: Neighbourhood, own: Floats, others: Floats) -> list[Standing]:
    """Every cluster's standing; all columns at once, since a page waits for them."""
    if not len(others):
        return [Standing(drawn, 0, 0, drawn, drawn, None, None) for drawn in own.tolist()]
    best = others.argmax(axis=0)
    areas = [at for at, change in enumerate(near.changes) if change.area]
    columns = zip(
        own.tolist(),
        (others < own).sum(axis=0).tolist(),
        np.median(others, axis=0).tolist(),
        others.max(axis=0).tolist(),
        best.tolist(),
        others[areas[0]].tolist() if areas else [None] * len(own),
        strict=True,
    )
    return [
        Standing(drawn, len(others), below, middle, most, near.changes[at], area)
        for drawn, below, middle, most, at, area in columns
    ]
