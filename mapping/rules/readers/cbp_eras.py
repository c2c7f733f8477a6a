"""County Business Patterns as Census publishes them: which columns belong to which years."""

from typing import NamedTuple

from mapping.rules.readers.source_file import FileRefused, SourceFile


class Sign(NamedTuple):
    """A column and the years whose files have it."""

    column: str
    first: int
    last: int


FIRST_YEAR, OPEN = 1998, 9999
SIGNS = (
    Sign("empflag", FIRST_YEAR, 2017),
    Sign("emp_nf", 2007, OPEN),
    Sign("ap_nf", 2007, OPEN),
    Sign("n1_4", FIRST_YEAR, 2016),
    Sign("n<5", 2017, OPEN),
)
CELLS_ARE_LEFT_OUT_FROM = 2017
FLAGGED = "Cells that could identify a firm are withheld and carry an employment size class."
NOISE = "Employment and payroll carry a small random noise."
LEFT_OUT = "Cells with fewer than three establishments are left out."


def refuse_other_era(source: SourceFile, year: int) -> None:
    """A header of another era means another year, or columns that were moved."""
    found = set(source.header)
    wrong = []
    for sign in SIGNS:
        belongs = sign.first <= year <= sign.last
        if (sign.column in found) != belongs:
            last = "on" if sign.last == OPEN else f"to {sign.last}"
            has = "has" if sign.column in found else "lacks"
            wrong.append(
                f"it {has} the column {sign.column}, which files from {sign.first} {last} have"
            )
    if wrong:
        raise FileRefused(source.name, "wrong_era", [f"its header is not one of {year}", *wrong])


def suppression_of(year: int, unit: str) -> str:
    """How the publisher hides small cells in a year, in words."""
    words = []
    if year <= CELLS_ARE_LEFT_OUT_FROM:
        words.append(FLAGGED)
    if year >= CELLS_ARE_LEFT_OUT_FROM and unit != "nation":
        words.append(LEFT_OUT)
    if year >= SIGNS[1].first:
        words.append(NOISE)
    return " ".join(words)
