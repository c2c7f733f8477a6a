"""The long county extracts: fips, naics, est, emp, ap; all four or all six digits."""

import re
from collections.abc import Sequence

import numpy as np

from mapping.rules.blocks import CELL
from mapping.rules.flags import WITHHELD
from mapping.rules.panel import Bools, Ints
from mapping.rules.readers.cells import (
    PAYROLL_DIGITS,
    KnownCodes,
    ParsedCells,
    all_codes,
    columns_of,
    refuse_duplicates,
    refuse_foreign_codes,
    refuse_unknown_regions,
    whole_numbers,
)
from mapping.rules.readers.source_file import FileRefused, SourceFile
from mapping.rules.vintages import cbp_vintage, withholds_without_flag

_FIPS, _NAICS = re.compile(r"\d{5}"), re.compile(r"\d{4}|\d{6}")
COLUMNS = 5


def read_county_cells(source: SourceFile, year: int, known: KnownCodes) -> ParsedCells:
    """Read and check a whole file; the first kind of fault found refuses it.

    Args:
        source: The file.
        year: Its year, which decides the NAICS vintage.
        known: Counties and codes that are loaded.
    """
    columns = columns_of(source, COLUMNS)
    regions = np.array(columns[0])
    _refuse_odd_codes(source.name, columns[0], columns[1])
    establishments = whole_numbers(source.name, "est", columns[2])
    employment = whole_numbers(source.name, "emp", columns[3])
    payroll = whole_numbers(source.name, "ap", columns[4], PAYROLL_DIGITS)
    vintage = cbp_vintage(year)
    refuse_duplicates(source.name, columns[0], columns[1])
    refuse_unknown_regions(source.name, columns[0], known)
    observed = sorted(set(columns[1]))
    refuse_foreign_codes(source.name, columns[1], vintage, known, employment.tolist())
    codes = all_codes(observed, known.industries[vintage])
    withheld = (employment == 0) & (establishments > 0) & withholds_without_flag(year)
    cells = np.zeros(len(regions), dtype=CELL)
    position = {code: i for i, code in enumerate(codes)}
    cells["code"] = [position[code] for code in columns[1]]
    cells["flag"] = np.where(withheld, ord(WITHHELD), 0)
    cells["establishments"], cells["employment"] = establishments, employment
    cells["payroll"] = payroll
    return ParsedCells(
        year=year,
        vintage=vintage,
        codes=codes,
        regions=regions,
        cells=cells,
        rows_read=len(regions),
        dropped={},
        coverage=_coverage(columns[0], employment, withheld, known),
    )


def _refuse_odd_codes(name: str, regions: Sequence[str], naics: Sequence[str]) -> None:
    wrong = [f"county code {code!r} is not five digits" for code in sorted(set(regions))
             if not _FIPS.fullmatch(code)]  # fmt: skip
    wrong += [f"industry code {code!r} is not four or six digits" for code in sorted(set(naics))
              if not _NAICS.fullmatch(code)]  # fmt: skip
    if len({len(code) for code in naics}) > 1 and not wrong:
        wrong = ["four- and six-digit codes are mixed in one file"]
    if wrong:
        raise FileRefused(name, "odd_codes", wrong)


def _coverage(
    regions: Sequence[str], employment: Ints, withheld: Bools, known: KnownCodes
) -> dict[str, int | float]:
    shown = len(set(regions))
    return {
        "counties": shown,
        "counties_without_a_row": len(known.regions) - shown,
        "employment": int(employment.sum()),
        "withheld_cells": int(withheld.sum()),
    }
