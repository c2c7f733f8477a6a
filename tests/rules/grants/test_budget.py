"""Budgets: worked examples as a table, and laws that hold for every budget."""

from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grants.rules.budget import (
    Budget,
    indirect_base,
    least_match,
    most_federal,
    most_indirect,
    read_budget,
    read_rate,
)
from grants.rules.budget_checks import BudgetTerms, Money, budget_problems
from grants.rules.budget_lines import Category, Column, IndirectBasis, LeftOut
from grants.rules.indirect_rules import RULES, rule_on

OLD, NEW = date(2024, 9, 30), date(2024, 10, 1)
HALF = Fraction(1, 2)

# Indirect costs, worked by hand. Amounts are totals over both columns.
#  day   direct costs                            left out         subawards        base     most
INDIRECT = """
  new   personnel 100000                        -                -                100000   15000.00
  old   personnel 100000                        -                -                100000   10000.00
  new   personnel 100000 equipment 40000        -                -                100000   15000.00
  new   personnel 100000 construction 40000     -                -                100000   15000.00
  new   personnel 60000 contractual 90000       -                90000            110000   16500.00
  old   personnel 60000 contractual 90000       -                90000             85000    8500.00
  new   personnel 60000 contractual 90000       -                45000,45000      150000   22500.00
  old   personnel 60000 contractual 90000       -                45000,45000      110000   11000.00
  new   personnel 60000 other 20000             rental 12000     -                 68000   10200.00
  new   other 30000                             tuition 10000    -                 20000    3000.00
  new   other 30000                             support 30000    -                     0       0.00
  new   personnel 100.01                        -                -                100.01      15.00
  new   personnel 100.07                        -                -                100.07      15.01
"""


def costs(text):
    words = text.split()
    return {
        (Column.FEDERAL, Category(name)): Decimal(amount)
        for name, amount in zip(words[::2], words[1::2], strict=True)
    }


@pytest.mark.parametrize("line", INDIRECT.strip().splitlines())
def test_indirect_costs_as_worked_by_hand(line):
    day, direct, left_out, subawards, base, most = (
        cell.strip() for cell in line.strip().replace("  ", "\t").split("\t") if cell.strip()
    )
    out = left_out.split()
    budget = Budget(
        cells=costs(direct),
        basis=IndirectBasis.DE_MINIMIS,
        left_out={} if left_out == "-" else {LeftOut(out[0]): Decimal(out[1])},
    )
    given_on = [] if subawards == "-" else [Decimal(one) for one in subawards.split(",")]
    rule = rule_on(NEW if day == "new" else OLD)
    assert indirect_base(budget, given_on, rule) == Decimal(base)
    assert most_indirect(budget, given_on, rule) == Decimal(most)


def test_the_dated_rows_are_in_order_and_cited():
    days = [rule.effective_from for rule in RULES]
    assert days == sorted(set(days))
    assert all("2 CFR 200" in rule.citation for rule in RULES)


@pytest.mark.parametrize(
    ("text", "rate"),
    [
        ("26.5", Fraction(53, 200)),
        ("26.5 %", Fraction(53, 200)),
        ("0", Fraction(0)),
        ("1e1", None),
        ("-5", None),
        ("٢٦", None),
        ("", None),
    ],
)
def test_a_rate_is_read_strictly(text, rate):
    assert read_rate(text) == rate


def money(federal="70000", match="70000", *, signed=None, share=HALF, **more):
    budget = Budget(
        cells={
            (Column.FEDERAL, Category.PERSONNEL): Decimal(federal),
            (Column.MATCH, Category.PERSONNEL): Decimal(match),
            **more.pop("cells", {}),
        },
        basis=more.pop("basis", IndirectBasis.NONE),
        **{name: value for name, value in more.items() if name != "subawards"},
    )
    terms = BudgetTerms(share, Decimal(50_000), Decimal(500_000), NEW)
    gifts = Decimal(match) if signed is None else Decimal(signed)
    return Money(budget, terms, gifts, tuple(more.get("subawards", ())))


def sentences(given_money):
    return " ".join(problem.sentence for problem in budget_problems(given_money))


# One rule each: what is changed, and the words that must come back. The first is in order.
CHECKS = [
    ({}, ""),
    ({"federal": "49999"}, "$1 less than the least"),
    ({"federal": "500000.01", "match": "500000.01"}, "$0.01 more than the most"),
    ({"federal": "70001", "match": "70000"}, "Add $1 of matching funds"),
    ({"match": "70001", "signed": "70000"}, "$1 of matching funds are in the budget but not"),
    ({"match": "70000", "signed": "70001"}, "$1 are signed but not in the budget"),
    ({"cash": (Decimal("70000.01"),)}, "come to $0.01 more than the federal funds"),
    ({"subawards": (Decimal(1),)}, "Add $1 there"),
    ({"basis": IndirectBasis.NEGOTIATED}, "Enter your negotiated rate"),
    ({"left_out": {LeftOut.RENTAL: Decimal(140_001)}}, "$1 more than the direct costs"),
    (
        {"cells": {(Column.FEDERAL, Category.INDIRECT): Decimal(1)}, "match": "70001"},
        "Indirect costs of $1 are $1 more than your rate allows: $0",
    ),
]


@pytest.mark.parametrize(("changes", "words"), CHECKS, ids=[words for _, words in CHECKS])
def test_each_rule_names_the_figure_and_the_remedy(changes, words):
    found = sentences(money(**changes))
    assert words in found
    assert bool(found) is bool(words)


CENTS = st.integers(0, 10**11).map(lambda number: Decimal(number).scaleb(-2))
SHARES = st.integers(1, 20).flatmap(
    lambda low: st.integers(low, 20).map(lambda high: Fraction(low, high))
)


@given(CENTS, SHARES)
def test_the_least_match_is_enough_and_a_cent_less_is_not(federal, share):
    match = least_match(federal, share)
    assert federal <= most_federal(federal + match, share)
    if match > 0:
        assert federal > most_federal(federal + match - Decimal("0.01"), share)


@given(st.dictionaries(st.sampled_from([f"{c}_{k}" for c in Column for k in Category]), CENTS))
def test_sections_a_and_b_agree_to_the_cent(cells):
    budget = read_budget({name: f"{amount:.2f}" for name, amount in cells.items()})
    assert budget.unread == ()
    assert budget.federal + budget.match == budget.total
    assert budget.total == sum((budget.line(one) for one in Category), Decimal(0))
    assert budget.total == sum(cells.values(), Decimal(0))


@given(st.lists(CENTS, max_size=6), CENTS)
def test_another_subaward_never_raises_the_base(subawards, another):
    budget = Budget(cells={(Column.FEDERAL, Category.CONTRACTUAL): Decimal(10**9)})
    rule = rule_on(NEW)
    more = indirect_base(budget, [*subawards, another], rule)
    assert more <= indirect_base(budget, subawards, rule)


@given(st.text(max_size=12))
def test_what_is_no_amount_is_named_and_counts_nothing(text):
    budget = read_budget({"federal_travel": text})
    if budget.unread:
        assert budget.total == 0
    else:
        assert budget.total >= 0
