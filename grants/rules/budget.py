"""The arithmetic of a budget: exact, in dollars and cents, rounded against the applicant."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import ROUND_DOWN, Decimal
from fractions import Fraction

from grants.rules.budget_lines import CAPITAL, DIRECT, Category, Column, IndirectBasis, LeftOut
from grants.rules.indirect_rules import IndirectRule
from grants.rules.proposal_form import QUARTERS
from kit.money import parse_money
from kit.refusals import Refused

NOTHING = Decimal("0.00")
CENT = Decimal("0.01")
_RATE = re.compile(r"^(\d{1,3})(?:\.(\d{1,4}))?\s?%?$", re.ASCII)


@dataclass(frozen=True)
class Budget:
    """A budget as it was typed, as far as it can be read.

    Attributes:
        cells: Amount by column and category; what is empty costs nothing.
        basis: How indirect costs are charged; None while nothing is chosen.
        rate: The negotiated rate.
        left_out: What the base of indirect costs leaves out.
        cash: Federal money needed in each quarter of the first year.
        unread: The fields whose text is no amount, with what is wrong.
    """

    cells: Mapping[tuple[Column, Category], Decimal] = field(default_factory=dict)
    basis: IndirectBasis | None = None
    rate: Fraction | None = None
    left_out: Mapping[LeftOut, Decimal] = field(default_factory=dict)
    cash: tuple[Decimal, ...] = ()
    unread: tuple[tuple[str, str], ...] = ()

    def cell(self, column: Column, category: Category) -> Decimal:
        """One amount."""
        return self.cells.get((column, category), NOTHING)

    def line(self, category: Category) -> Decimal:
        """A category over both columns."""
        return sum((self.cell(column, category) for column in Column), NOTHING)

    def direct(self, column: Column) -> Decimal:
        """A column without indirect costs."""
        return sum((self.cell(column, category) for category in DIRECT), NOTHING)

    def column(self, column: Column) -> Decimal:
        """A column in full."""
        return self.direct(column) + self.cell(column, Category.INDIRECT)

    @property
    def federal(self) -> Decimal:
        """What is asked for: section A federal, and item 18a of SF-424."""
        return self.column(Column.FEDERAL)

    @property
    def match(self) -> Decimal:
        """What others give: section A non-federal."""
        return self.column(Column.MATCH)

    @property
    def total(self) -> Decimal:
        """What the project costs: section B, and item 18g of SF-424."""
        return self.federal + self.match

    @property
    def indirect(self) -> Decimal:
        """Indirect costs over both columns."""
        return self.line(Category.INDIRECT)

    @property
    def first_year_cash(self) -> Decimal:
        """Section D: federal money needed in the first year."""
        return sum(self.cash, NOTHING)


def read_budget(answers: Mapping[str, str | bool]) -> Budget:
    """Read what was typed; what is no amount counts as nothing and is named."""
    unread: list[tuple[str, str]] = []

    def amount(name: str) -> Decimal:
        text = str(answers.get(name, "") or "").strip()
        if not text:
            return NOTHING
        try:
            return parse_money(text)
        except Refused as refused:
            unread.append((name, refused.refusal.sentence))
            return NOTHING

    basis = answers.get("indirect_basis")
    return Budget(
        cells={
            (column, category): amount(f"{column}_{category}")
            for category in Category
            for column in Column
        },
        basis=IndirectBasis(basis) if basis in set(IndirectBasis) else None,
        rate=read_rate(str(answers.get("indirect_rate", "") or "")),
        left_out={one: amount(f"left_out_{one}") for one in LeftOut},
        cash=tuple(amount(f"cash_{number}") for number in range(1, QUARTERS + 1)),
        unread=tuple(unread),
    )


def read_rate(text: str) -> Fraction | None:
    """A rate in percent as an exact fraction; None where the text is none.

    >>> read_rate("26.5")
    Fraction(53, 200)
    """
    match = _RATE.match(text.strip())
    if match is None:
        return None
    return Fraction(f"{match[1]}.{match[2] or 0}") / 100


def indirect_base(budget: Budget, subawards: Iterable[Decimal], rule: IndirectRule) -> Decimal:
    """Modified total direct costs (2 CFR 200.1).

    Left out: equipment and capital expenditure, rental costs, tuition and scholarships,
    participant support, patient care, and the part of each subaward beyond the limit.
    """
    direct = sum((budget.line(one) for one in DIRECT if one not in CAPITAL), NOTHING)
    beyond = sum((max(NOTHING, one - rule.subaward_part) for one in subawards), NOTHING)
    return direct - sum(budget.left_out.values(), NOTHING) - beyond


def indirect_rate(budget: Budget, rule: IndirectRule) -> Fraction:
    """The rate that may be charged; nothing while none is chosen."""
    if budget.basis is IndirectBasis.DE_MINIMIS:
        return rule.de_minimis
    if budget.basis is IndirectBasis.NEGOTIATED and budget.rate is not None:
        return budget.rate
    return Fraction(0)


def most_indirect(budget: Budget, subawards: Iterable[Decimal], rule: IndirectRule) -> Decimal:
    """The most that may be charged as indirect costs, rounded down to the cent."""
    base = max(NOTHING, indirect_base(budget, subawards, rule))
    return floor_cents(Fraction(base) * indirect_rate(budget, rule))


def most_federal(total: Decimal, share: Fraction) -> Decimal:
    """The most that the notice pays of a total cost, rounded down to the cent.

    >>> most_federal(Decimal("0.03"), Fraction(1, 2))
    Decimal('0.01')
    """
    return floor_cents(Fraction(total) * share)


def least_match(federal: Decimal, share: Fraction) -> Decimal:
    """The least match that goes with a federal amount, rounded up to the cent.

    >>> least_match(Decimal("100.00"), Fraction(2, 3))
    Decimal('50.00')
    """
    exact = Fraction(federal) * (1 - share) / share
    cents = exact * 100
    return Decimal(-(-cents.numerator // cents.denominator)).scaleb(-2)


def floor_cents(exact: Fraction) -> Decimal:
    """An exact amount rounded down to the cent."""
    cents = exact * 100
    return Decimal(cents.numerator // cents.denominator).scaleb(-2).quantize(CENT, ROUND_DOWN)


def dollars(amount: Decimal) -> str:
    """An amount as sentences show it; cents only where there are some.

    >>> dollars(Decimal("1250.00")), dollars(Decimal("0.50"))
    ('$1,250', '$0.50')
    """
    text = f"${amount:,.2f}"
    return text.removesuffix(".00")
