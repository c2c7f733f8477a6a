"""The rule of indirect costs as dated rows: a budget is judged by the row of its notice's day."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction


@dataclass(frozen=True)
class IndirectRule:
    """What holds from a day on, until the next row.

    Attributes:
        effective_from: The first day.
        de_minimis: The rate that needs no negotiation.
        subaward_part: How much of each subaward counts toward the base.
        equipment_from: The price from which a thing is equipment, for the hint on the page.
        citation: Where it is written.
    """

    effective_from: date
    de_minimis: Fraction
    subaward_part: Decimal
    equipment_from: Decimal
    citation: str


RULES = (
    IndirectRule(
        date(2014, 12, 26),
        Fraction(10, 100),
        Decimal(25_000),
        Decimal(5_000),
        "2 CFR 200.1 and 200.414(f), as in force before October 1, 2024",
    ),
    IndirectRule(
        date(2024, 10, 1),
        Fraction(15, 100),
        Decimal(50_000),
        Decimal(10_000),
        "2 CFR 200.1 and 200.414(f), 89 FR 30046",
    ),
)


def rule_on(day: date) -> IndirectRule:
    """The row in force on a day; before the first, the first.

    >>> rule_on(date(2024, 9, 30)).de_minimis, rule_on(date(2024, 10, 1)).de_minimis
    (Fraction(1, 10), Fraction(3, 20))
    """
    held = [rule for rule in RULES if rule.effective_from <= day]
    return held[-1] if held else RULES[0]
