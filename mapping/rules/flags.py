"""Employment size flags of County Business Patterns: what a withheld cell can hold."""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray


class FlagClass(NamedTuple):
    """Least, midpoint and most employees behind a flag."""

    floor: int
    midpoint: int
    ceiling: int


# The last class is open; its ceiling is the largest that the class width before it suggests.
FLAGS: dict[str, FlagClass] = {
    "A": FlagClass(0, 10, 19),
    "B": FlagClass(20, 60, 99),
    "C": FlagClass(100, 175, 249),
    "E": FlagClass(250, 375, 499),
    "F": FlagClass(500, 750, 999),
    "G": FlagClass(1_000, 1_750, 2_499),
    "H": FlagClass(2_500, 3_750, 4_999),
    "I": FlagClass(5_000, 7_500, 9_999),
    "J": FlagClass(10_000, 17_500, 24_999),
    "K": FlagClass(25_000, 37_500, 49_999),
    "L": FlagClass(50_000, 75_000, 99_999),
    "M": FlagClass(100_000, 100_000, 199_999),
}
WITHHELD = "S"  # withheld without a size class: zero jobs beside counted establishments


def _table(column: int) -> NDArray[np.int64]:
    table = np.zeros(128, dtype=np.int64)
    for letter, flag in FLAGS.items():
        table[ord(letter)] = flag[column]
    return table


FLOOR, MIDPOINT, CEILING = _table(0), _table(1), _table(2)
