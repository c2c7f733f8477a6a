"""How much of the required match may be given otherwise than in cash: dated rows of policy."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from grants.rules.funnel import NOTHING
from grants.rules.match.limits import Standing, Terms, noncash_cap


@dataclass(frozen=True)
class NoncashRule:
    """What holds from a day on, until the next row.

    Attributes:
        effective_from: The first day of offers it holds for.
        percent: Of the required match.
        citation: Where it is written.
    """

    effective_from: date
    percent: int
    citation: str


NONCASH_RULES = (NoncashRule(date(2024, 10, 1), 40, "Programme rule on in-kind match, version 1"),)


def noncash_rule_on(day: date) -> NoncashRule:
    """The row in force on a day; before the first, the first.

    >>> noncash_rule_on(date(2026, 1, 1)).percent
    40
    """
    held = [rule for rule in NONCASH_RULES if rule.effective_from <= day]
    return held[-1] if held else NONCASH_RULES[0]


def beyond_cap(terms: Terms, standing: Standing) -> Decimal:
    """How much verified match other than cash lies above the cap and does not count."""
    return max(NOTHING, standing.noncash - noncash_cap(terms))
