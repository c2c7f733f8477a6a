"""Worked examples of the value rules, and what the calculator refuses; the table is in the docs."""

from datetime import date
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import pytest

from grants.rules.match.limits import Standing, Terms, cap_on, eligible_match
from grants.rules.match.states import CONTRIBUTION_KIND_WORDS, ContributionKind
from grants.rules.match.values import VALUE_RULES, Unit, appraise, value_rule
from grants.rules.terms import MatchPace
from kit.refusals import Refused

DAY = date(2026, 3, 2)
DOCS = Path(__file__).resolve().parents[3] / "docs" / "match-rules.md"
# kind | figures as typed | worth
EXAMPLES = """
cash | amount 1,250.50 | 1250.50
goods | quantity 40, claimed 12.00, market 9.50 | 380.00
goods | quantity 2.5, claimed 9.99, market 10.00 | 24.97
volunteer_hours | hours 10, rate 30.00, fringe 25 | 375.00
volunteer_hours | hours 0.33, rate 31.80 | 10.49
loaned_staff | hours 120, rate 48.00, fringe 32, overhead 15 | 8743.68
loaned_staff | hours 8, rate 50.00 | 400.00
space | area 1200, claimed 2.10, market 1.75, months 6 | 12600.00
equipment | quantity 1, claimed 18,000.00, market 14,500.00 | 14500.00
equipment | quantity 3, claimed 400.00, market 450.00 | 1200.00
real_property | book 210,000.00, market 340,000.00 | 210000.00
real_property | book 340,000.00, market 210,000.00 | 210000.00
unrecovered_indirect | base 100,000.00, rate 31.5, charged 15,000.00 | 16500.00
programme_income | amount 4,200.00 | 4200.00
"""


def rows():
    for line in EXAMPLES.strip().splitlines():
        kind, figures, worth = (part.strip() for part in line.split("|"))
        yield ContributionKind(kind), figures, Decimal(worth)


def typed(kind, figures):
    words = {one.name: "As kept" for one in value_rule(kind, DAY).figures if one.unit is Unit.WORDS}
    return words | dict(part.strip().split(" ", 1) for part in figures.split(", "))


@pytest.mark.parametrize(("kind", "figures", "worth"), list(rows()), ids=lambda one: str(one)[:40])
def test_worked_examples(kind, figures, worth):
    assert appraise(kind, typed(kind, figures), DAY).amount == worth


def test_every_kind_has_an_example_and_the_docs_show_each():
    kinds = {kind for kind, _, _ in rows()}
    assert kinds == set(ContributionKind)
    docs = DOCS.read_text()
    for kind, figures, worth in rows():
        assert f"| {CONTRIBUTION_KIND_WORDS[kind]} | {figures} | {worth:,.2f} |" in docs
    for rule in VALUE_RULES:
        assert rule.sentence in docs
        assert f"| {rule.effective_from} | {rule.citation} |" in docs


@pytest.mark.parametrize(
    "amount",
    [
        *("1e3", "1_000", "-0", "-5", "+5", "0x10", "١٢٣", "1.5", "1.234", "", " ", "NaN", "1,00"),
        *("∞", "½", "1 000.00", "9999999999999.00", "12.00.00", "1250,50", "\u200b5.00"),
    ],
)
def test_amounts_that_are_not_dollars_and_cents(amount):
    with pytest.raises(Refused) as caught:
        appraise(ContributionKind.CASH, {"amount": amount}, DAY)
    assert caught.value.refusal.code in {"not_money", "figure_missing"}


@pytest.mark.parametrize("hours", ["1e3", "1_0", "-1", "٣", "1.234", "12345678", "ten", ""])
def test_hours_that_are_not_numbers(hours):
    figures = {"hours": hours, "rate": "10.00", "basis": "Scale"}
    with pytest.raises(Refused) as caught:
        appraise(ContributionKind.VOLUNTEER_HOURS, figures, DAY)
    assert caught.value.refusal.code in {"not_a_number", "figure_missing"}


def test_nothing_is_worth_nothing_and_too_much_is_refused():
    with pytest.raises(Refused) as caught:
        appraise(ContributionKind.CASH, {"amount": "0.00"}, DAY)
    assert caught.value.refusal.code == "worth_nothing"
    much = {"quantity": "9999999", "claimed": "999999999.00", "market": "999999999.00"}
    with pytest.raises(Refused) as caught:
        appraise(ContributionKind.GOODS, much, DAY)
    assert caught.value.refusal.code == "not_money"
    with pytest.raises(Refused) as caught:
        appraise(
            ContributionKind.LOANED_STAFF, {"hours": "1", "rate": "1.00", "overhead": "501"}, DAY
        )
    assert caught.value.refusal.code == "not_a_number"


def test_indirect_costs_and_income_need_a_prior_approval():
    with pytest.raises(Refused) as caught:
        appraise(ContributionKind.PROGRAMME_INCOME, {"amount": "10.00"}, DAY)
    assert caught.value.refusal.code == "figure_missing"


def test_a_gift_is_judged_by_the_row_of_its_day():
    old = appraise(ContributionKind.CASH, {"amount": "1.00"}, date(2024, 9, 30))
    new = appraise(ContributionKind.CASH, {"amount": "1.00"}, date(2024, 10, 1))
    assert (old.kept["rule_of"], new.kept["rule_of"]) == ("2014-12-26", "2024-10-01")


# The plan's worked example: cash and other match verified, drawn; the docs show each line.
LIMITS = [
    (180_000, 0, 0),
    (180_000, 0, 150_000),
    (180_000, 550_000, 150_000),
    (180_000, 550_000, 550_000),
    (100_000, 550_000, 550_000),
    (100_000, 550_000, 500_000),
]


def test_the_docs_show_the_limit_of_draws_as_the_rules_compute_it():
    said = [line for line in DOCS.read_text().splitlines() if line.count("|") == 5][2:]
    terms = Terms(
        Decimal(1_000_000),
        Fraction(1, 2),
        40,
        MatchPace.PRO_RATA,
        date(2026, 1, 1),
        date(2027, 12, 31),
    )
    for line, (cash, noncash, drawn) in zip(said, LIMITS, strict=True):
        standing = Standing(
            Decimal(cash), Decimal(noncash), costs=Decimal(1_000_000), drawn=Decimal(drawn)
        )
        cap = cap_on(terms, standing, date(2026, 6, 1))
        figures = (eligible_match(terms, standing), cap.limit, cap.room)
        assert line.endswith("| " + " | ".join(f"{one:,.2f}" for one in figures) + " |")
