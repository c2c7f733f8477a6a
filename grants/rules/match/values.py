"""What a contribution is worth: one dated rule per kind, and the arithmetic of its calculator.

Every figure is typed by a person and read strictly; every rounding is down, against whoever
draws. `docs/match-rules.md` shows the same rules with worked examples.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_DOWN, Decimal
from enum import StrEnum

from grants.rules.funnel import CENT, NOTHING
from grants.rules.match.states import ContributionKind, SourceKind
from kit.money import LARGEST, parse_money
from kit.refusals import refuse

_NUMBER = re.compile(r"^(\d{1,7})(?:\.(\d{1,2}))?$", re.ASCII)
HUNDRED = Decimal(100)


class Unit(StrEnum):
    """How a figure is read."""

    MONEY = "money"
    NUMBER = "number"
    PERCENT = "percent"
    WORDS = "words"


@dataclass(frozen=True, slots=True)
class Figure:
    """One thing that the calculator asks.

    Attributes:
        name: Its key in the kept valuation.
        label: What the page asks.
        unit: How the answer is read.
        is_optional: Whether an empty answer counts as nothing.
        hint: What helps to answer.
    """

    name: str
    label: str
    unit: Unit = Unit.MONEY
    is_optional: bool = False
    hint: str = ""


Figures = Mapping[str, Decimal]


@dataclass(frozen=True)
class ValueRule:
    """How a kind is valued from a day on, until the next row of the kind.

    Attributes:
        kind: What was given.
        effective_from: The first day.
        citation: Where it is written.
        sentence: The rule in plain words.
        figures: What the calculator asks.
        papers: Which papers prove it.
        value: The arithmetic, before rounding.
    """

    kind: ContributionKind
    effective_from: date
    citation: str
    sentence: str
    figures: tuple[Figure, ...]
    papers: frozenset[SourceKind]
    value: Callable[[Figures], Decimal]


@dataclass(frozen=True, slots=True)
class Valuation:
    """What the calculator was told and found; kept with the contribution.

    Attributes:
        amount: The value, in whole cents.
        kept: What the row keeps: the figures as typed, the rule and its day.
    """

    amount: Decimal
    kept: Mapping[str, str]


def _amount(figures: Figures) -> Decimal:
    return figures["amount"]


def _at_market(figures: Figures) -> Decimal:
    return figures["quantity"] * min(figures["claimed"], figures["market"])


def _hours(figures: Figures) -> Decimal:
    return figures["hours"] * figures["rate"] * (HUNDRED + figures["fringe"]) / HUNDRED


def _loaned(figures: Figures) -> Decimal:
    return _hours(figures) * (HUNDRED + figures["overhead"]) / HUNDRED


def _rent(figures: Figures) -> Decimal:
    rate = min(figures["claimed"], figures["market"])
    return figures["area"] * rate * figures["months"]


def _lesser(figures: Figures) -> Decimal:
    return min(figures["book"], figures["market"])


def _unrecovered(figures: Figures) -> Decimal:
    could = figures["base"] * figures["rate"] / HUNDRED
    return max(NOTHING, could - figures["charged"])


_HOURS = Figure("hours", "Hours", Unit.NUMBER, hint="As the time record has them")
_FRINGE = Figure("fringe", "Fringe benefits, percent of pay", Unit.PERCENT, is_optional=True)
_APPROVAL = Figure("approval", "Prior approval: number and date of the letter", Unit.WORDS)
_K, _S = ContributionKind, SourceKind
_OLD, _NEW = date(2014, 12, 26), date(2024, 10, 1)
_RULES = (
    (
        _K.CASH,
        "2 CFR 200.306(b)",
        "Money counts as paid, on the day it was paid.",
        (Figure("amount", "Amount paid"),),
        {_S.PAYMENT, _S.INVOICE},
        _amount,
    ),
    (
        _K.GOODS,
        "2 CFR 200.306(g)",
        "Goods count at most at their fair market value on the day they were given.",
        (
            Figure("quantity", "How many", Unit.NUMBER),
            Figure("claimed", "Value claimed for each"),
            Figure("market", "Fair market value of each", hint="A price list or a comparison"),
        ),
        {_S.INVOICE, _S.GIFT_LETTER, _S.APPRAISAL},
        _at_market,
    ),
    (
        _K.VOLUNTEER_HOURS,
        "2 CFR 200.306(e)",
        (
            "A volunteer's hour counts at what the recipient pays for similar work; where it has "
            "none, at what others pay for it in the same labor market."
        ),
        (
            _HOURS,
            Figure("rate", "Pay for an hour of similar work"),
            _FRINGE,
            Figure("basis", "Where the rate comes from", Unit.WORDS, hint="Pay scale, or survey"),
        ),
        {_S.TIME_RECORD},
        _hours,
    ),
    (
        _K.LOANED_STAFF,
        "2 CFR 200.306(f)",
        (
            "Loaned staff count at their regular pay, their fringe benefits, and the indirect "
            "costs of the organization that lends them."
        ),
        (
            _HOURS,
            Figure("rate", "Regular pay for an hour"),
            _FRINGE,
            Figure("overhead", "That organization's indirect rate", Unit.PERCENT, is_optional=True),
        ),
        {_S.TIME_RECORD},
        _loaned,
    ),
    (
        _K.SPACE,
        "2 CFR 200.306(i)(3)",
        (
            "Space counts at most at the rent of comparable space in a privately owned building in "
            "the same place, by an independent appraisal."
        ),
        (
            Figure("area", "Square feet", Unit.NUMBER),
            Figure("claimed", "Rent claimed, per square foot and month"),
            Figure("market", "Comparable private rent, per square foot and month"),
            Figure("months", "Months", Unit.NUMBER),
        ),
        {_S.LEASE, _S.APPRAISAL},
        _rent,
    ),
    (
        _K.EQUIPMENT,
        "2 CFR 200.306(i)(2) and (i)(4)",
        (
            "Equipment counts at most at the fair market value of equipment of the same age and "
            "condition; what is only lent, at its fair rent."
        ),
        (
            Figure("quantity", "How many, or how many months", Unit.NUMBER),
            Figure("claimed", "Value claimed for each"),
            Figure("market", "Fair market value or fair rent of each"),
        ),
        {_S.APPRAISAL, _S.INVOICE, _S.GIFT_LETTER},
        _at_market,
    ),
    (
        _K.REAL_PROPERTY,
        "2 CFR 200.306(d) and (i)(1)",
        (
            "Land and buildings count at the lesser of what is left of their value in the giver's "
            "books and their fair market value by an independent appraisal; with prior approval "
            "only."
        ),
        (
            Figure("book", "What is left of the value in the books"),
            Figure("market", "Fair market value by appraisal"),
            _APPROVAL,
        ),
        {_S.APPRAISAL},
        _lesser,
    ),
    (
        _K.UNRECOVERED_INDIRECT,
        "2 CFR 200.306(c)",
        (
            "Indirect costs that were not charged count only with prior approval: what the "
            "negotiated rate allows, less what was charged."
        ),
        (
            Figure("base", "Base of the rate"),
            Figure("rate", "Negotiated rate", Unit.PERCENT),
            Figure("charged", "Indirect costs charged to the award"),
            _APPROVAL,
        ),
        {_S.RATE_AGREEMENT},
        _unrecovered,
    ),
    (
        _K.PROGRAMME_INCOME,
        "2 CFR 200.307(b)(3)",
        "Income that the project earned counts with prior approval, as received.",
        (Figure("amount", "Income received"), _APPROVAL),
        {_S.INCOME_RECORD},
        _amount,
    ),
)
VALUE_RULES = tuple(
    ValueRule(kind, day, f"{cited}{since}", words, figures, frozenset(papers), value)
    for day, since in ((_OLD, ""), (_NEW, ", 89 FR 30046"))
    for kind, cited, words, figures, papers, value in _RULES
)


def value_rule(kind: ContributionKind, day: date) -> ValueRule:
    """The row in force on a day; before the first, the first.

    >>> value_rule(ContributionKind.CASH, date(2024, 9, 30)).citation
    '2 CFR 200.306(b)'
    >>> value_rule(ContributionKind.CASH, date(2024, 10, 1)).citation
    '2 CFR 200.306(b), 89 FR 30046'
    """
    rows = [one for one in VALUE_RULES if one.kind is kind]
    held = [one for one in rows if one.effective_from <= day]
    return held[-1] if held else rows[0]


def read_figure(figure: Figure, typed: str) -> str:
    """What was typed, in the one way it is kept.

    Raises:
        Refused: ``figure_missing``, ``not_money``, ``not_a_number``.
    """
    text = typed.strip()
    if not text and figure.is_optional:
        return "0"
    if not text:
        raise refuse("figure_missing", f"{figure.label}: fill this in.")
    if figure.unit is Unit.WORDS:
        return text[:200]
    if figure.unit is Unit.MONEY:
        return str(parse_money(text))
    return _plain_number(figure, text)


def appraise(kind: ContributionKind, typed: Mapping[str, str], day: date) -> Valuation:
    """What the figures are worth by the rule of the day on which it was given.

    Raises:
        Refused: as `read_figure`; ``worth_nothing``, ``not_money``.

    >>> figures = {"hours": "10", "rate": "30.00", "fringe": "25", "basis": "Own pay scale"}
    >>> appraise(ContributionKind.VOLUNTEER_HOURS, figures, date(2026, 3, 1)).amount
    Decimal('375.00')
    """
    rule = value_rule(kind, day)
    kept = {one.name: read_figure(one, typed.get(one.name, "")) for one in rule.figures}
    numbers = {
        one.name: Decimal(kept[one.name]) for one in rule.figures if one.unit is not Unit.WORDS
    }
    amount = rule.value(numbers).quantize(CENT, ROUND_DOWN)
    if amount <= 0:
        raise refuse("worth_nothing", "By these figures it is worth nothing. Check them.")
    if amount > LARGEST:
        raise refuse("not_money", "That amount is larger than the portal can hold.")
    return Valuation(amount, {**kept, "rule": rule.citation, "rule_of": f"{rule.effective_from}"})


def _plain_number(figure: Figure, text: str) -> str:
    read = _NUMBER.match(text)
    if read is None:
        raise refuse("not_a_number", f"{figure.label}: enter digits, like 12 or 12.5.")
    if figure.unit is Unit.PERCENT and Decimal(text) > 500:
        raise refuse("not_a_number", f"{figure.label}: enter percent, like 31.5.")
    return str(Decimal(text))
