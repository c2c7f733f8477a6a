"""A county year of County Business Patterns in the shape of the largest years: 2.57 million rows.

Made anew each time, never a real one: every county has every code, half of the rows are six-digit
industries. Needs NumPy alone.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from pathlib import Path

import numpy as np

from mapping.rules.states import STATES

YEAR, COUNTIES, ROWS = 2021, 3143, 2_573_000
SECTORS, PER_SECTOR, GROUPS, LEAVES = 20, 4, 2, 2  # of each level above
SIZES = "n5_9,n10_19,n20_49,n50_99,n100_249,n250_499,n500_999,n1000,n1000_1,n1000_2,n1000_3,n1000_4"
HEADER = f"fipstate,fipscty,naics,emp_nf,emp,qp1_nf,qp1,ap_nf,ap,est,n<5,{SIZES}"


def counties() -> list[str]:
    """Codes of counties, as many as the nation has."""
    each = -(-COUNTIES // len(STATES))
    all_of_them = (f"{state}{2 * n + 1:03}" for state in STATES for n in range(each))
    return sorted(all_of_them)[:COUNTIES]


def industries() -> list[str]:
    """Codes as the file writes them."""
    return list(islice(_codes(), ROWS // COUNTIES))


def _codes() -> Iterator[str]:
    """Codes as the file writes them, parents before children."""
    yield "------"
    for sector in range(11, 11 + SECTORS):
        yield f"{sector}----"
        for three in range(1, PER_SECTOR + 1):
            yield f"{sector}{three}///"
            for four in range(1, GROUPS + 1):
                yield f"{sector}{three}{four}//"
                for five in range(1, LEAVES + 1):
                    yield f"{sector}{three}{four}{five}/"
                    yield f"{sector}{three}{four}{five}{0}"


def write_county_file(path: Path) -> int:
    """Write the file; every cell has figures of its own. Returns the number of rows."""
    fips, codes = counties(), industries()
    chance = np.random.default_rng(1)
    rest = ",".join("0" * 12)
    with path.open("w") as file:
        file.write(HEADER + "\n")
        for county in fips:
            sizes = np.clip(chance.pareto(1.0, len(codes)) * 8, 3, 9_000).astype(int).tolist()
            file.write(
                "".join(
                    f"{county[:2]},{county[2:]},{code},G,{size * 11},H,{size * 99},G,"
                    f"{size * 450},{size},{size},{rest}\n"
                    for code, size in zip(codes, sizes, strict=True)
                )
            )
    return len(fips) * len(codes)
