"""The state file of several years: flags, a total row, and one row where parent and child agree.

The copy that is in circulation keeps each industry once when a parent and its only child share a
title, so that 622110 stands under `6221--`. A missing six-digit row is therefore looked for among
its ancestors with the same title. From 2003 to 2007 two industries stand under their five digits.
"""

from collections.abc import Container, Mapping
from typing import NamedTuple

import numpy as np

from mapping.rules.blocks import CELL, Cells
from mapping.rules.flags import FLAGS
from mapping.rules.panel import TOTAL_CODE
from mapping.rules.readers.cells import (
    PAYROLL_DIGITS,
    KnownCodes,
    ParsedCells,
    columns_of,
    refuse_unknown_regions,
    whole_numbers,
)
from mapping.rules.readers.source_file import FileRefused, SourceFile
from mapping.rules.vintages import cbp_vintage

COLUMNS = 9
UNDER_FIVE_DIGITS = {"541710": "54171", "561310": "56131"}
UNDER_FIVE_YEARS = range(2003, 2008)


class StateColumns(NamedTuple):
    """The file's columns as they are needed; rows are spoken of by their place."""

    years: list[int]
    states: list[str]
    naics: list[str]
    cells: Cells


YearRows = dict[str, int]  # state and code without padding -> place of the row


def read_state_cells(
    source: SourceFile, known: KnownCodes
) -> tuple[list[ParsedCells], dict[int, str]]:
    """Read every year; return the years kept and, for the others, why not."""
    if not known.titles:
        raise FileRefused(
            source.name, "titles_not_loaded", ["load the publisher's industry titles first"]
        )
    columns = _read_columns(source, known)
    left_out = {
        year: f"no list of NAICS {cbp_vintage(year)} codes is loaded"
        for year in sorted(set(columns.years))
        if cbp_vintage(year) not in known.industries
    }
    places = _by_year(source, columns, left_out)
    if not places:
        raise FileRefused(
            source.name, "vintage_not_loaded", [f"{y}: {why}" for y, why in left_out.items()]
        )
    return [
        _read_year(year, rows, columns.cells, known) for year, rows in sorted(places.items())
    ], left_out


def _read_columns(source: SourceFile, known: KnownCodes) -> StateColumns:
    years, states, naics, flags, _, employment, _, payroll, establishments = columns_of(
        source, COLUMNS
    )
    wrong = [f"unknown size flag {flag!r}" for flag in sorted(set(flags) - set(FLAGS) - {""})]
    if wrong:
        raise FileRefused(source.name, "unknown_flag", wrong)
    refuse_unknown_regions(source.name, states, known)
    cells = np.zeros(len(states), dtype=CELL)
    cells["flag"] = [ord(flag) if flag else 0 for flag in flags]
    cells["employment"] = whole_numbers(source.name, "emp", employment)
    cells["payroll"] = whole_numbers(source.name, "ap", payroll, PAYROLL_DIGITS)
    cells["establishments"] = whole_numbers(source.name, "est", establishments)
    return StateColumns(whole_numbers(source.name, "year", years).tolist(), states, naics, cells)


def _by_year(
    source: SourceFile, columns: StateColumns, left_out: Container[int]
) -> dict[int, YearRows]:
    result: dict[int, YearRows] = {
        year: {} for year in sorted(set(columns.years)) if year not in left_out
    }
    for place, (year, state, naics) in enumerate(
        zip(columns.years, columns.states, columns.naics, strict=True)
    ):
        if year in result:
            key = state + naics.rstrip("-/")
            if key in result[year]:
                raise FileRefused(
                    source.name,
                    "duplicate_cell",
                    [f"state {state}, code {naics} of {year} stands twice (line {place + 2})"],
                )
            result[year][key] = place
    return result


def _read_year(year: int, rows: YearRows, all_cells: Cells, known: KnownCodes) -> ParsedCells:
    vintage = cbp_vintage(year)
    # The publisher's titles know industries that a later vintage made of a whole old parent.
    listed = known.industries[vintage] | set(known.titles)
    leaves = sorted(code for code in listed if len(code) == 6)
    candidates = [("",), *(_candidates(code, year, known.titles) for code in leaves)]
    regions: list[str] = []
    places: list[int] = []
    positions: list[int] = []
    resolved = 0
    for state in sorted({key[:2] for key in rows}):
        for position, keys in enumerate(candidates):
            found = next((key for key in keys if state + key in rows), None)
            if found is not None:
                regions.append(state)
                positions.append(position)
                places.append(rows[state + found])
                resolved += found != keys[0]
    cells = all_cells[places]
    cells["code"] = positions
    leaf = cells["code"] > 0
    return ParsedCells(
        year=year,
        vintage=vintage,
        codes=(TOTAL_CODE, *leaves),
        regions=np.array(regions),
        cells=cells,
        rows_read=len(rows),
        dropped={"rows above six digits": len(rows) - len(places)},
        coverage={
            "states": len(set(regions)),
            "resolved_under_a_parent": resolved,
            "employment": int(cells["employment"][leaf].sum()),
            "employment_by_total_rows": int(cells["employment"][~leaf].sum()),
            "withheld_cells": int((cells["flag"][leaf] > 0).sum()),
        },
    )


def _candidates(code: str, year: int, titles: Mapping[str, str]) -> tuple[str, ...]:
    """Codes under which an industry's row can stand, the nearest first."""
    title = titles.get(code)
    keys = [code]
    if title is not None:
        keys += [code[:n] for n in (5, 4, 3, 2) if titles.get(code[:n]) == title]
    if year in UNDER_FIVE_YEARS and code in UNDER_FIVE_DIGITS:
        keys.append(UNDER_FIVE_DIGITS[code])
    return tuple(keys)
