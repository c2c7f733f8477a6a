"""Dated parameters of the measures; a Basis keeps the value that it was made with."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Parameter:
    """A value from a date on, with what it rests on."""

    effective_from: date
    value: int
    reason: str


# The county files leave out cells under three establishments from 2017 on: two can be hidden.
ABSENT_ESTABLISHMENTS = (
    Parameter(date(2017, 1, 1), 2, "County Business Patterns omit cells under 3 establishments"),
)


def absent_establishments(on: date) -> int:
    """How many establishments a cell can hold that a region's file does not show."""
    in_force = [item for item in ABSENT_ESTABLISHMENTS if item.effective_from <= on]
    return in_force[-1].value if in_force else 0
