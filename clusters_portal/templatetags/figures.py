"""Numbers as people read them: money, counts, shares, ratios, ranges.

``{{ 1234567|whole }}`` 1,234,567
``{{ amount|money }}`` $1,250,000.00
``{{ lq|ratio }}`` 3.1, ``{{ lq|times }}`` "3.1 times the national share of jobs"
``{{ share|percent }}`` 12.4%
``{{ bounds|range_of }}`` 2.90 to 3.40, or one value where both bounds agree
``{{ "1.4000"|trimmed }}`` 1.4
"""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from typing import Protocol

from django import template

register = template.Library()

Number = int | float | Decimal | Fraction
MISSING = "\N{EN DASH}"


class HasBounds(Protocol):
    """A value with what it is at least and at most."""

    low: Number
    high: Number


def _decimal(value: Number) -> Decimal:
    """Turn any number into a Decimal without losing what a reader could see."""
    if isinstance(value, Fraction):
        return Decimal(value.numerator) / Decimal(value.denominator)
    return Decimal(str(value))


def _places(value: Number, places: int) -> str:
    """Round half up and group thousands."""
    step = Decimal(1).scaleb(-places)
    return f"{_decimal(value).quantize(step, rounding=ROUND_HALF_UP):,}"


@register.filter
def whole(value: Number | None) -> str:
    """Write a count with thousands separated."""
    return MISSING if value is None else _places(value, 0)


@register.filter
def money(value: Number | str | None) -> str:
    """Write US dollars and cents; an amount kept as text in a pinned document is read first."""
    if value is None or value == "":
        return MISSING
    amount = Decimal(value) if isinstance(value, str) else value
    return f"-${_places(-amount, 2)}" if amount < 0 else f"${_places(amount, 2)}"


@register.filter
def thousands(value: Number | None) -> str:
    """Write an amount kept in thousands of dollars, as payroll is."""
    return MISSING if value is None else f"${_places(value, 0)}k"


@register.filter
def ratio(value: Number | None, places: int = 2) -> str:
    """Write a location quotient."""
    return MISSING if value is None else _places(value, places)


@register.filter
def times(value: Number | None) -> str:
    """Say a location quotient in words."""
    return MISSING if value is None else f"{_places(value, 1)} times the national share of jobs"


@register.filter
def percent(value: Number | None, places: int = 1) -> str:
    """Write a share between 0 and 1 as a percentage."""
    return MISSING if value is None else f"{_places(_decimal(value) * 100, places)}%"


@register.filter
def growth(value: Number | None, places: int = 1) -> str:
    """Write a yearly growth with its sign: 0.012 is +1.2%."""
    if value is None:
        return MISSING
    written = _places(abs(_decimal(value)) * 100, places)
    if not written.strip("0."):
        return f"{written}%"
    return f"{'-' if value < 0 else '+'}{written}%"


@register.filter
def range_of(bounds: HasBounds | None, places: int = 2) -> str:
    """Write bounds as a range, or as one number where they agree to the places shown."""
    if bounds is None or bounds.low is None or bounds.high is None:
        return MISSING
    low, high = _places(bounds.low, places), _places(bounds.high, places)
    return low if low == high else f"{low} to {high}"


@register.filter
def trimmed(text: str | None) -> str:
    """Write a figure kept as decimal text without the zeros that say nothing: 1.4000 is 1.4."""
    if not text:
        return MISSING
    whole_part, point, decimals = text.partition(".")
    decimals = decimals.rstrip("0")
    grouped = f"{int(whole_part):,}" if whole_part.isdigit() else whole_part
    return f"{grouped}{point}{decimals}" if decimals else grouped


@register.filter
def counted(number: int, noun: str) -> str:
    """Write a number with its noun: ``3|counted:"firm"``, ``2|counted:"agency,agencies"``."""
    one, _, many = noun.partition(",")
    return f"{_places(number, 0)} {one if number == 1 else many or one + 's'}"
