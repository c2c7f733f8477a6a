"""From the rows that a large file's reader kept to checked cells: the same for every publisher."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from mapping.rules.blocks import CELL
from mapping.rules.county_changes import KNOWN_CHANGES
from mapping.rules.panel import TOTAL_CODE
from mapping.rules.readers.cells import KnownCodes, ParsedCells, all_codes, refuse_foreign_codes
from mapping.rules.readers.source_file import FileRefused
from mapping.rules.states import STATES
from mapping.rules.terms import NATION_CODE

RAW = np.dtype(
    [
        ("region", "<i4"),
        ("code", "<i4"),
        ("digits", "u1"),
        ("flag", "u1"),
        ("establishments", "<i4"),
        ("employment", "<i4"),
        ("payroll", "<i8"),
    ]
)
Rows = NDArray[np.void]
Ints = NDArray[np.int64]
Bools = NDArray[np.bool_]

WIDTHS = {"county": 5, "state": 2, "nation": 2, "cbsa": 5}
REGIONS = {"county": "counties", "state": "states", "nation": "nations", "cbsa": "cbsas"}
LEAF_DIGITS, PARENT_DIGITS = 6, 4
# Jobs of a state that belong to no one county: 999, and QCEW's 995 to 998 (abroad, unknown).
STATEWIDE_FROM = 995
CODES = 1_000_000
UNCLASSIFIED, AUXILIARY = (99, "not classified"), (95, "auxiliary establishments")
OUTSIDE = "rows outside the fifty states and the District of Columbia"
STATEWIDE_ROWS = "statewide rows (county 999), counted apart"


@dataclass
class RawRows:
    """The rows that were kept of a file."""

    rows: Rows
    read: int
    dropped: Counter[str]
    noise: Counter[str] = field(default_factory=Counter)

    def taken(self) -> Rows:
        """Hand the rows over and forget them: millions of them need not lie there twice."""
        rows, self.rows = self.rows, self.rows[:0].copy()
        return rows


@dataclass(frozen=True)
class FileCells:
    """What one file gave: its six-digit cells, and its four-digit totals where it has them."""

    cells: ParsedCells
    totals: ParsedCells | None


@dataclass(frozen=True)
class FileYear:
    """What the rows are checked against.

    Attributes:
        name: The file's.
        unit: "county", "state", "nation" or "cbsa".
    """

    name: str
    unit: str
    year: int
    vintage: int
    known: KnownCodes

    def name_of(self, region: int) -> str:
        """A region's code as text."""
        if self.unit == "nation":
            return NATION_CODE
        return str(region).zfill(WIDTHS[self.unit])


class RawCells:
    """The checks and counts of one file and year."""

    def __init__(self, frame: FileYear) -> None:
        self.frame = frame
        self.unknown: Counter[str] = Counter()
        self.statewide: dict[str, int] = {}
        self.notes: list[str] = []
        self.mapped: list[str] = []
        self.lost = 0

    def read(self, raw: RawRows) -> FileCells:
        """Check everything, then hand over the two releases of the file."""
        dropped = Counter(raw.dropped)
        rows = self._set_apart(raw.taken(), dropped)
        self._refuse_unknown_regions(rows)
        rows = self._without_own_codes(rows, dropped)
        self._refuse_twice(rows)
        self._refuse_foreign(rows)
        is_parent = rows["digits"] == PARENT_DIGITS
        totals = self._parsed(rows[is_parent], raw, dropped) if is_parent.any() else None
        rows = rows[~is_parent]
        return FileCells(self._parsed(rows, raw, dropped), totals)

    def _set_apart(self, rows: Rows, dropped: Counter[str]) -> Rows:
        """Territories and statewide rows are no county's or state's."""
        if self.frame.unit not in {"county", "state"}:
            return rows
        is_county = self.frame.unit == "county"
        state = rows["region"] // (1000 if is_county else 1)
        outside = ~np.isin(state, [int(code) for code in STATES])
        is_statewide = (rows["region"] % 1000 >= STATEWIDE_FROM) & ~outside & is_county
        if is_statewide.any():
            self._count_statewide(rows[is_statewide & (rows["digits"] == LEAF_DIGITS)])
        dropped[STATEWIDE_ROWS] += int(is_statewide.sum())
        dropped[OUTSIDE] += int(outside.sum())
        left_out = outside | is_statewide
        return rows[~left_out] if left_out.any() else rows

    def _count_statewide(self, leaf: Rows) -> None:
        state = leaf["region"] // 1000
        jobs = np.bincount(state, leaf["employment"], 100)
        self.statewide = {
            str(code).zfill(2): int(jobs[code]) for code in sorted(set(state.tolist()))
        }
        self.lost += _jobs(leaf)

    def _refuse_unknown_regions(self, rows: Rows) -> None:
        if self.frame.unit in {"nation", "cbsa"}:
            return
        if not self.frame.known.regions:
            raise FileRefused(
                self.frame.name, "regions_not_loaded", ["load the list of counties first"]
            )
        found, counts = np.unique(rows["region"], return_counts=True)
        names = {
            self.frame.name_of(code): int(n) for code, n in zip(found.tolist(), counts, strict=True)
        }
        beyond = {name: n for name, n in names.items() if name not in self.frame.known.regions}
        for name in list(beyond):
            change = KNOWN_CHANGES.get(name)
            if (
                self.frame.unit == "county"
                and change
                and change.read_as in self.frame.known.regions
            ):
                self.mapped.append(name)
                self.notes.append(f"County {name} lies where {change.read_as} does: {change.what}")
                del beyond[name]
        if beyond:
            raise FileRefused(
                self.frame.name,
                "unknown_region",
                [
                    f"region code {name} ({count} rows) is not known"
                    for name, count in beyond.items()
                ],
            )

    def _without_own_codes(self, rows: Rows, dropped: Counter[str]) -> Rows:
        """Codes that only the publisher has: establishments that no industry was found for."""
        sector = np.where(rows["digits"] == 6, rows["code"] // 10_000, rows["code"] // 100)
        own = np.zeros(len(rows), dtype=bool)
        for start, words in (UNCLASSIFIED, AUXILIARY):
            here = (sector == start) & (rows["digits"] > 0)
            if here.any():
                dropped[f"rows {words} ({start})"] += int(here.sum())
                leaf = rows[here & (rows["digits"] == 6)]
                for code in set(leaf["code"].tolist()):
                    self.unknown[str(code)] += _jobs(leaf[leaf["code"] == code])
                self.lost += _jobs(leaf)
                own |= here
        return rows[~own] if own.any() else rows

    def _refuse_twice(self, rows: Rows) -> None:
        keys = (rows["region"].astype(np.int64) * 10 + rows["digits"]) * CODES + rows["code"]
        if (np.diff(keys) > 0).all():
            return
        found, counts = np.unique(keys, return_counts=True)
        twice = found[counts > 1]
        if len(twice):
            cells = [divmod(key, CODES) for key in twice.tolist()]
            raise FileRefused(
                self.frame.name,
                "duplicate_cell",
                [
                    f"region and code {self.frame.name_of(region // 10)} {code or TOTAL_CODE} "
                    f"stand {count} times"
                    for (region, code), count in zip(cells, counts[counts > 1], strict=True)
                ],
            )

    def _refuse_foreign(self, rows: Rows) -> None:
        for digits in (LEAF_DIGITS, PARENT_DIGITS):
            chosen = rows[rows["digits"] == digits]
            observed = np.flatnonzero(np.bincount(chosen["code"], minlength=1)).tolist()
            jobs = np.bincount(chosen["code"], chosen["employment"], 1)
            refuse_foreign_codes(
                self.frame.name,
                [str(code).zfill(digits) for code in observed],
                self.frame.vintage,
                self.frame.known,
                [int(jobs[code]) for code in observed],
            )

    def _parsed(self, rows: Rows, raw: RawRows, dropped: Mapping[str, int]) -> ParsedCells:
        is_total = rows["digits"] == 0
        digits = 4 if len(rows) and rows["digits"][0] == 4 else 6
        observed = np.flatnonzero(np.bincount(rows["code"][~is_total], minlength=1)).tolist()
        texts = [str(code).zfill(digits) for code in observed]
        leaves = all_codes(texts, self.frame.known.industries[self.frame.vintage])
        codes = (TOTAL_CODE, *leaves) if is_total.any() else leaves
        position = np.zeros(CODES, dtype=np.uint16)
        position[[0 if code == TOTAL_CODE else int(code) for code in codes]] = range(len(codes))
        cells = np.zeros(len(rows), dtype=CELL)
        cells["code"] = position[rows["code"]]
        for column in ("flag", "establishments", "employment", "payroll"):
            cells[column] = rows[column]
        is_found = np.bincount(rows["region"], minlength=1) > 0
        found = np.flatnonzero(is_found)
        names = np.array([self.frame.name_of(region) for region in found.tolist()])
        place = (np.cumsum(is_found, dtype=np.int32) - 1)[rows["region"]]
        return ParsedCells(
            year=self.frame.year,
            vintage=self.frame.vintage,
            codes=codes,
            regions=names[place],
            cells=cells,
            rows_read=raw.read,
            dropped={why: count for why, count in dropped.items() if count},
            coverage=self._coverage(rows, is_total, len(found), raw.noise),
            unknown_codes=dict(self.unknown),
            lost_employment=self.lost,
            notes=tuple(self.notes),
            mapped_regions=tuple(self.mapped),
            statewide=self.statewide,
        )

    def _coverage(
        self, rows: Rows, is_total: Bools, regions: int, noise: Mapping[str, int]
    ) -> dict[str, int | float]:
        of_totals = _jobs(rows[is_total])
        coverage: dict[str, int | float] = {
            REGIONS[self.frame.unit]: regions,
            "employment": _jobs(rows) - of_totals,
            "withheld_cells": int(((rows["flag"] > 0) & ~is_total).sum()),
        }
        if self.frame.unit == "county":
            coverage["counties_without_a_row"] = len(self.frame.known.regions) - regions
        if is_total.any():
            coverage["employment_by_total_rows"] = of_totals
        if self.statewide:
            coverage["statewide_employment"] = sum(self.statewide.values())
        noisy = {f"cells_with_noise_{words}": count for words, count in noise.items() if count}
        return coverage | noisy


def _jobs(rows: Rows) -> int:
    return int(rows["employment"].sum(dtype=np.int64))
