"""Dated parameters of the measures; a Basis keeps the value that it was made with."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta


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
# Files of a load that did not come to its end: long enough to start it again after a holiday.
SENT_FILES_KEPT_DAYS = (
    Parameter(date(2026, 1, 1), 30, "Officers may start a stopped load again within a month"),
)


def absent_establishments(on: date) -> int:
    """How many establishments a cell can hold that a region's file does not show."""
    return _in_force(ABSENT_ESTABLISHMENTS, on)


def sent_files_kept(on: date) -> timedelta:
    """How long the files of a load are kept that was stopped, failed or never began.

    >>> sent_files_kept(date(2026, 11, 22)).days
    30
    """
    return timedelta(days=_in_force(SENT_FILES_KEPT_DAYS, on))


def _in_force(parameters: Sequence[Parameter], on: date) -> int:
    """The last value whose date has come; 0 before the first."""
    found = [item.value for item in parameters if item.effective_from <= on]
    return found[-1] if found else 0
