"""QCEW annual averages (Bureau of Labor Statistics): private employment by area and industry.

The 38 quoted columns as published, or an extract with the columns that are read. One file can hold
the nation, states, counties and metropolitan areas: each kind of area makes releases of its own.
Construction's six-digit codes are split by the bureau alone (238111 residential, 238112 not) and
are folded back to NAICS; where a part is withheld, the published five-digit row takes their place.
"""

from collections import Counter
from dataclasses import replace

import numpy as np

from mapping.rules.flags import WITHHELD
from mapping.rules.readers.byte_columns import ZERO, ColumnBlock, Ints, column_blocks
from mapping.rules.readers.cells import KnownCodes, ParsedCells
from mapping.rules.readers.raw_cells import RAW, FileCells, FileYear, RawCells, RawRows, Rows
from mapping.rules.readers.source_file import FileRefused, SourceFile
from mapping.rules.states import STATES
from mapping.rules.vintages import qcew_vintage

SOURCE = "Quarterly Census of Employment and Wages, U.S. Bureau of Labor Statistics"
SUPPRESSION = (
    "Private employment. Cells that could identify an employer are withheld and show zero beside "
    "their establishments."
)
UNIT_OF_LEVEL = {1: "nation", 4: "cbsa", 5: "state", 7: "county"}
DIGITS_OF_LEVEL = {1: 0, 6: 4, 7: 5, 8: 6}  # the other half of the level's number
PRIVATE, NOT_DISCLOSED, METRO = ord("5"), ord("N"), ord("C")
CONSTRUCTION = 238
WAGE_DIGITS = 15
OTHER_ROWS = "rows of other owners, levels and sizes"
LEAST_STATES = 50  # fewer are a slice, whose sum is not the nation


def read_qcew(source: SourceFile, known: dict[str, KnownCodes]) -> dict[str, FileCells]:
    """Read a whole file: its cells by kind of area.

    Args:
        source: The file.
        known: What each kind of area is checked against.
    """
    parts: dict[str, list[Rows]] = {}
    years: set[int] = set()
    read = kept = 0
    for block in column_blocks(source):
        years |= set(np.unique(block.codes("year", 4)).tolist())
        for unit, rows in _rows(block).items():
            parts.setdefault(unit, []).append(rows)
            kept += len(rows)
        read += block.rows
    if len(years) != 1:
        raise FileRefused(source.name, "wrong_year", ["it holds more than one year"])
    if not parts:
        raise FileRefused(source.name, "no_rows", ["it has no private rows of a known level"])
    year = years.pop()
    result = {}
    for unit, found in parts.items():
        frame = FileYear(source.name, unit, year, qcew_vintage(year), known[unit])
        rows = _folded(np.concatenate(found))
        raw = RawRows(rows, read, Counter({OTHER_ROWS: read - kept}))
        result[unit] = _marked(RawCells(frame).read(raw), unit)
    return result


def _rows(block: ColumnBlock) -> dict[str, Rows]:
    level = block.codes("agglvl_code", 2)
    wanted = block.letters("own_code") == PRIVATE
    wanted &= (block.letters("size_code") == ZERO) & (block.letters("qtr") == ord("A"))
    wanted &= np.isin(level // 10, list(UNIT_OF_LEVEL)) & np.isin(level % 10, list(DIGITS_OF_LEVEL))
    result = {}
    for tens, unit in UNIT_OF_LEVEL.items():
        at: Ints = np.flatnonzero(wanted & (level // 10 == tens))
        if len(at):
            result[unit] = _of_unit(block, at, level[at] % 10, unit)
    return result


def _of_unit(block: ColumnBlock, at: Ints, level: Ints, unit: str) -> Rows:
    rows = np.zeros(len(at), dtype=RAW)
    if unit == "cbsa":
        text = block.characters("area_fips", 5, at)
        rows["region"] = (text[:, 1:] - ZERO) @ np.array([10_000, 1_000, 100, 10])
        at, level, rows = (
            at[text[:, 0] == METRO],
            level[text[:, 0] == METRO],
            rows[text[:, 0] == METRO],
        )
    elif unit != "nation":
        rows["region"] = block.codes("area_fips", 5, at) // (1000 if unit == "state" else 1)
    for place, digits in DIGITS_OF_LEVEL.items():
        here = np.flatnonzero(level == place)
        rows["digits"][here] = digits
        if digits and len(here):
            rows["code"][here] = block.codes("industry_code", digits, at[here])
    withheld = block.letters("disclosure_code", at) == NOT_DISCLOSED
    rows["flag"] = np.where(withheld, ord(WITHHELD), 0)
    rows["establishments"] = block.numbers("annual_avg_estabs", at)
    rows["employment"] = block.numbers("annual_avg_emplvl", at, 9)
    rows["payroll"] = (block.numbers("total_annual_wages", at, WAGE_DIGITS) + 500) // 1000
    return rows


def _folded(rows: Rows) -> Rows:
    """Six-digit rows with the bureau's own construction codes added up to those of NAICS."""
    is_own = (
        (rows["digits"] == 6) & (rows["code"] // 1000 == CONSTRUCTION) & (rows["code"] % 10 > 0)
    )
    own = rows[is_own]
    key = own["region"].astype(np.int64) * 10**6 + own["code"] // 10 * 10
    names, place = np.unique(key, return_inverse=True)
    folded = np.zeros(len(names), dtype=RAW)
    folded["region"], folded["code"], folded["digits"] = names // 10**6, names % 10**6, 6
    for column in ("establishments", "employment", "payroll"):
        np.add.at(folded[column], place, own[column])
    np.maximum.at(folded["flag"], place, own["flag"])
    five = rows[(rows["digits"] == 5) & (rows["flag"] == 0)]
    shown = {
        (region, code * 10): row
        for row, (region, code) in enumerate(zip(five["region"], five["code"], strict=True))
    }
    for row in np.flatnonzero(folded["flag"]).tolist():
        whole = shown.get((folded["region"][row], folded["code"][row]))
        if whole is not None:
            for column in ("flag", "establishments", "employment", "payroll"):
                folded[column][row] = five[column][whole]
    kept = rows[~is_own & (rows["digits"] != 5)]
    whole_file = np.concatenate([kept, folded])
    return whole_file[np.lexsort((whole_file["code"], whole_file["digits"], whole_file["region"]))]


def _marked(found: FileCells, unit: str) -> FileCells:
    """A file of a few states says so: their sum is not the nation."""
    states = {str(region)[:2] for region in set(found.cells.regions.tolist())}
    if unit not in {"state", "county"} or len(states & set(STATES)) >= LEAST_STATES:
        return found

    def slice_of(parsed: ParsedCells) -> ParsedCells:
        return replace(parsed, coverage={**parsed.coverage, "is_slice": 1})

    return FileCells(slice_of(found.cells), found.totals and slice_of(found.totals))
