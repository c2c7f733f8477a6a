"""What upper apps say of figures: the line that the rules in force draw for a size of region."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from mapping.rules.lines import CLASS_LINE, Line
from mapping.rules.terms import Band

LineFinder = Callable[[Band, date], Line | None]
_finders: list[LineFinder] = []


def register_line(finder: LineFinder) -> None:
    """Name the function that knows the line for a size of region on a day."""
    _finders[:] = [finder]


def line_in_force(band: Band, on: date) -> Line:
    """Return the line for designation; without rules in force, that of the class rule."""
    found = (finder(band, on) for finder in _finders)
    return next((line for line in found if line is not None), CLASS_LINE)
