"""How far two definition sets agree on which industries belong together."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from math import comb


def adjusted_rand(one: Mapping[str, str], other: Mapping[str, str]) -> float:
    """Return the adjusted Rand index of two groupings over the items that both have.

    Of all pairs of items, it counts those that both groupings put together, and sets the count
    against what two random groupings with the same group sizes would share.

    Args:
        one: Group of every item, such as the cluster code of every industry.
        other: Another grouping; its group names need not resemble the first one's.

    Returns:
        1 where both group the shared items alike, about 0 where they agree no more than by
        chance, below 0 where less. Fewer than two shared items, or two groupings that both leave
        no choice (all together, or all apart), agree: 1.

    Notes:
        With n_ij the items in group i of one and j of the other, a_i and b_j its sums and n all
        items, the index is (S - E) / (M - E), where S = sum C(n_ij, 2), A = sum C(a_i, 2),
        B = sum C(b_j, 2), E = A B / C(n, 2) and M = (A + B) / 2. Computed in whole numbers to
        the last division.

    References:
        L. Hubert and P. Arabie, "Comparing partitions", Journal of Classification 2 (1985),
        193-218.

    Example:
        >>> adjusted_rand({"a": "1", "b": "1", "c": "2"}, {"a": "x", "b": "x", "c": "y"})
        1.0
        >>> round(
        ...     adjusted_rand(dict(zip("abcdef", "111222")), dict(zip("abcdef", "112233"))), 4
        ... )
        0.2424
    """
    shared = sorted(one.keys() & other.keys())
    pairs = comb(len(shared), 2)
    together = _pairs(Counter((one[item], other[item]) for item in shared))
    in_one = _pairs(Counter(one[item] for item in shared))
    in_other = _pairs(Counter(other[item] for item in shared))
    spread = pairs * (in_one + in_other) - 2 * in_one * in_other
    if spread == 0:
        return 1.0
    return 2 * (pairs * together - in_one * in_other) / spread


def _pairs(sizes: Counter[str] | Counter[tuple[str, str]]) -> int:
    return sum(comb(size, 2) for size in sizes.values())
