"""The quotient that the rulebook in force asks of a region of some size, for pages of figures."""

from __future__ import annotations

from datetime import date

from certification.queries.rulebooks import NoRulebookError, rulebook_in_force
from certification.rules.wording import decimal_text
from mapping.rules.lines import Line
from mapping.rules.terms import Band


def designation_line(band: Band, on: date) -> Line | None:
    """Return the line of the size of region; None on a day without a rulebook."""
    try:
        rulebook = rulebook_in_force(on)
    except NoRulebookError:
        return None
    asked = rulebook.parameter(f"c1.lq.{band.value}")
    return Line(
        asked.value,
        f"{decimal_text(asked.value)} is what the rules in force ask of a {band.value} region "
        f"(rulebook {rulebook.code}, version {rulebook.version}, {asked.citation}).",
    )
