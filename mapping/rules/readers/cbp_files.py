"""County Business Patterns as Census publishes them: county, state and US files of every era.

One pass over the bytes keeps the six-digit rows, the four-digit totals and each region's total row;
sectors and the other levels are read over. Statewide rows (county 999) belong to no county: they
are counted apart, by state.
"""

from collections import Counter
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from mapping.rules.flags import FLAGS, WITHHELD
from mapping.rules.readers.byte_columns import (
    PAYROLL_DIGITS,
    ZERO,
    ColumnBlock,
    Ints,
    column_blocks,
    whole_numbers,
)
from mapping.rules.readers.cbp_eras import refuse_other_era
from mapping.rules.readers.cells import KnownCodes
from mapping.rules.readers.raw_cells import RAW, FileCells, FileYear, RawCells, RawRows
from mapping.rules.readers.source_file import FileRefused, SourceFile
from mapping.rules.vintages import cbp_vintage

DASH, SLASH = ord("-"), ord("/")
ALL_FORMS = DASH  # the legal form column of state and US files
NOISE = {ord("G"): "under_2_percent", ord("H"): "2_to_5_percent", ord("J"): "5_percent_or_more"}
WITHHELD_NOISE = (ord("D"), ord("S"), ord("N"))
REVISED = ord("r")
HIGHER, ONE_FORM = "rows of sectors, three and five digits", "rows of one legal form"


@dataclass(frozen=True, slots=True)
class CbpUnit:
    """What a row is about and which columns say so."""

    name: str
    columns: tuple[tuple[str, int], ...]


UNITS = {
    "county": CbpUnit("county", (("fipstate", 2), ("fipscty", 3))),
    "state": CbpUnit("state", (("fipstate", 2),)),
    "nation": CbpUnit("nation", ()),
}


def read_cbp(source: SourceFile, unit: str, year: int, known: KnownCodes) -> FileCells:
    """Read a whole file; the first kind of fault found refuses it.

    Args:
        source: The file.
        unit: "county", "state" or "nation".
        year: Its year, which decides columns and NAICS vintage.
        known: Regions and codes that are loaded.
    """
    refuse_other_era(source, year)
    dropped, noise = Counter[str](), Counter[str]()
    parts, read = [], 0
    for block in column_blocks(source):
        parts.append(_rows(block, UNITS[unit], dropped, noise))
        read += block.rows
    rows = np.concatenate(parts)
    parts.clear()  # millions of rows need not lie there twice
    frame = FileYear(source.name, unit, year, cbp_vintage(year), known)
    return RawCells(frame).read(RawRows(rows, read, dropped, noise))


def _rows(
    block: ColumnBlock, unit: CbpUnit, dropped: Counter[str], noise: Counter[str]
) -> NDArray[np.void]:
    """The rows of a block that are kept, as plain records."""
    naics = block.characters("naics", 6)
    digits = (naics - ZERO) <= 9
    level = _levels(block, naics, digits)
    wanted = (level == 6) | (level == 4) | (level == 0)
    if block.has("lfo"):
        is_whole = block.letters("lfo") == ALL_FORMS
        dropped[ONE_FORM] += int((~is_whole).sum())
        dropped[HIGHER] += int((is_whole & ~wanted).sum())
        wanted &= is_whole
    else:
        dropped[HIGHER] += int((~wanted).sum())
    at: Ints = np.flatnonzero(wanted)
    rows = np.zeros(len(at), dtype=RAW)
    for column, width in unit.columns:
        rows["region"] = rows["region"] * 10**width + block.codes(column, width, at)
    rows["digits"] = level[at]
    six = whole_numbers(np.where(digits, naics - ZERO, 0)[at])
    rows["code"] = np.where(level[at] == 4, six // 100, six)
    rows["flag"] = _flags(block, at, noise)
    rows["establishments"] = block.numbers("est", at)
    rows["employment"] = block.numbers("emp", at, 9)
    rows["payroll"] = block.numbers("ap", at, PAYROLL_DIGITS)
    return rows


def _levels(
    block: ColumnBlock, naics: NDArray[np.uint8], digits: NDArray[np.bool_]
) -> NDArray[np.int64]:
    """How many digits each code has; digits first, then dashes or strokes only."""
    level: NDArray[np.int64] = digits.sum(axis=1)
    is_left = (digits[:, :-1] >= digits[:, 1:]).all(axis=1)
    is_padded = (digits | (naics == DASH) | (naics == SLASH)).all(axis=1)
    wrong = np.flatnonzero(~(is_left & is_padded))
    if len(wrong):
        texts = block.texts("naics", wrong)
        raise FileRefused(
            block.source.name,
            "odd_codes",
            [
                f"line {block.line(row)}: industry code {text!r} is not one of this publisher"
                for row, text in zip(wrong.tolist(), texts, strict=True)
            ],
        )
    return level


def _flags(block: ColumnBlock, at: Ints, noise: Counter[str]) -> NDArray[np.uint8]:
    """Size class of a withheld cell; or that it is withheld without one; or nothing."""
    flags = np.zeros(len(at), dtype=np.uint8)
    if block.has("emp_nf"):
        letters = block.letters("emp_nf", at)
        _refuse_unknown(block, "emp_nf", letters, {*NOISE, *WITHHELD_NOISE, REVISED, 0}, at)
        flags[np.isin(letters, WITHHELD_NOISE)] = ord(WITHHELD)
        for letter, words in NOISE.items():
            noise[words] += int((letters == letter).sum())
    if block.has("empflag"):
        classes = block.letters("empflag", at)
        known = {0, ord(WITHHELD), *map(ord, FLAGS)}
        _refuse_unknown(block, "empflag", classes, known, at)
        flags = np.where(classes > 0, classes, flags).astype(np.uint8)
    return flags


def _refuse_unknown(
    block: ColumnBlock, column: str, letters: NDArray[np.uint8], known: set[int], at: Ints
) -> None:
    wrong = np.flatnonzero(~np.isin(letters, list(known)))
    if len(wrong):
        raise FileRefused(
            block.source.name,
            "unknown_flag",
            [
                f"line {block.line(at[row])}: {column} is {chr(letters[row])!r}"
                for row in wrong.tolist()
            ],
        )
