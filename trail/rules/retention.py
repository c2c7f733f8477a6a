"""How long a case is kept, and when it may be disposed of (2 CFR 200.334).

2 CFR 200.334 asks for three years from the end; a hold (litigation, claim, audit) stops the clock
until it is released. The programme keeps the papers of a success longer, since a designation and
what was built on it are judged by them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from kit.refusals import Refusal


class RetentionClass(StrEnum):
    """Why a case is kept, and so for how long."""

    SUCCESSFUL = "successful-10-years"
    UNSUCCESSFUL = "unsuccessful-3-years"
    WORKING_PAPERS = "working-papers"
    PERMANENT = "permanent"


@dataclass(frozen=True, slots=True)
class RetentionRule:
    """One dated row: cases that end on or after ``effective_from`` are kept so many years.

    ``years`` is None for what is never disposed of.
    """

    retention: RetentionClass
    years: int | None
    effective_from: date
    words: str
    citation: str


RULES: Sequence[RetentionRule] = (
    RetentionRule(
        RetentionClass.SUCCESSFUL,
        10,
        date(2020, 1, 1),
        "Ten years after it ended",
        "2 CFR 200.334; the programme's records schedule, item 1",
    ),
    RetentionRule(
        RetentionClass.UNSUCCESSFUL,
        3,
        date(2020, 1, 1),
        "Three years after it ended",
        "2 CFR 200.334",
    ),
    RetentionRule(
        RetentionClass.WORKING_PAPERS,
        1,
        date(2020, 1, 1),
        "One year after it ended: never submitted",
        "The programme's records schedule, item 3",
    ),
    RetentionRule(
        RetentionClass.PERMANENT,
        None,
        date(2020, 1, 1),
        "For good",
        "The programme's records schedule, item 4",
    ),
)


@dataclass(frozen=True, slots=True)
class Standing:
    """What the schedule has to know of a case: its class, and the day it ended, if it has."""

    retention: RetentionClass
    ended_on: date | None


def rule_for(standing: Standing, rules: Sequence[RetentionRule] = RULES) -> RetentionRule:
    """Return the rule in force when the case ended (or the newest one while it goes on).

    >>> rule_for(Standing(RetentionClass.UNSUCCESSFUL, date(2026, 5, 1))).years
    3
    """
    fitting = [
        rule
        for rule in rules
        if rule.retention is standing.retention
        and (standing.ended_on is None or rule.effective_from <= standing.ended_on)
    ]
    return max(
        fitting or [rule for rule in rules if rule.retention is standing.retention],
        key=lambda rule: rule.effective_from,
    )


def kept_until(standing: Standing, rules: Sequence[RetentionRule] = RULES) -> date | None:
    """Return the last day on which the case is kept; None while it goes on, or for good.

    >>> kept_until(Standing(RetentionClass.UNSUCCESSFUL, date(2024, 2, 29)))
    datetime.date(2027, 3, 1)
    """
    years = rule_for(standing, rules).years
    if standing.ended_on is None or years is None:
        return None
    try:
        return standing.ended_on.replace(year=standing.ended_on.year + years)
    except ValueError:  # the 29th of February
        return date(standing.ended_on.year + years, 3, 1)


def disposal_refusal(standing: Standing, *, is_held: bool, today: date) -> Refusal | None:
    """Say why a case may not be disposed of today."""
    until = kept_until(standing)
    if standing.ended_on is None:
        return Refusal("case_goes_on", "This case has not ended, so its record is kept.")
    if until is None:
        return Refusal("kept_for_good", "The schedule keeps this record for good.")
    if is_held:
        return Refusal("on_hold", "A legal hold keeps this record until it is released.")
    if today <= until:
        return Refusal("still_kept", f"The schedule keeps this record until {until.isoformat()}.")
    return None
