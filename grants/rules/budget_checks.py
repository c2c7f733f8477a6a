"""What is wrong with a budget, said at the field where it is mended.

One sentence per rule: the rule, the applicant's figure, the remedy.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction

from certification.rules.application_form import Problem
from grants.rules.budget import (
    NOTHING,
    Budget,
    dollars,
    indirect_base,
    least_match,
    most_federal,
    most_indirect,
)
from grants.rules.budget_lines import Category, Column, IndirectBasis, LeftOut
from grants.rules.indirect_rules import IndirectRule, rule_on
from grants.rules.proposal_form import BUDGET

MATCH = "match"


@dataclass(frozen=True)
class BudgetTerms:
    """What the notice lays down about money.

    Attributes:
        share: The most that the federal share may be of the total cost, as an exact fraction.
        floor, ceiling: Bounds of the federal amount.
        noticed_on: The day of the notice, by whose rules the budget is judged.
    """

    share: Fraction
    floor: Decimal
    ceiling: Decimal
    noticed_on: date

    @property
    def rule(self) -> IndirectRule:
        """The row of the indirect-cost rule that holds."""
        return rule_on(self.noticed_on)


@dataclass(frozen=True)
class Money:
    """A budget with what it must agree with."""

    budget: Budget
    terms: BudgetTerms
    signed: Decimal
    subawards: tuple[Decimal, ...] = ()


def budget_problems(money: Money) -> tuple[Problem, ...]:
    """Everything that is wrong, in the order of the page."""
    return tuple(
        problem
        for check in (_unread, _bounds, _share, _subawards, _indirect, _cash, _ties)
        for problem in check(money)
    )


def _at(question: str, sentence: str) -> Problem:
    return Problem(BUDGET, question, sentence)


def _unread(money: Money) -> Iterator[Problem]:
    for name, sentence in money.budget.unread:
        yield _at(name, sentence)


def _bounds(money: Money) -> Iterator[Problem]:
    asked, terms = money.budget.federal, money.terms
    first = f"{Column.FEDERAL}_{Category.PERSONNEL}"
    if asked == NOTHING:
        yield _at(first, "Enter what you ask for from federal funds.")
    elif asked < terms.floor:
        less = dollars(terms.floor - asked)
        yield _at(
            first,
            f"You ask for {dollars(asked)}, {less} less than the least that this competition "
            f"gives ({dollars(terms.floor)}).",
        )
    elif asked > terms.ceiling:
        more = dollars(asked - terms.ceiling)
        yield _at(
            first,
            f"You ask for {dollars(asked)}, {more} more than the most that this competition "
            f"gives ({dollars(terms.ceiling)}). Take {more} out of the federal column.",
        )


def _share(money: Money) -> Iterator[Problem]:
    budget, share = money.budget, money.terms.share
    if budget.federal > most_federal(budget.total, share):
        needed = least_match(budget.federal, share)
        missing = dollars(needed - budget.match)
        yield _at(
            f"{Column.MATCH}_{Category.PERSONNEL}",
            f"{dollars(budget.federal)} of federal funds need {dollars(needed)} of matching "
            f"funds: federal funds pay at most {share.numerator}/{share.denominator} of the "
            f"total cost. Add {missing} of matching funds, or ask for less.",
        )


def _subawards(money: Money) -> Iterator[Problem]:
    given = sum(money.subawards, NOTHING)
    line = money.budget.line(Category.CONTRACTUAL)
    if given > line:
        yield _at(
            f"{Column.FEDERAL}_{Category.CONTRACTUAL}",
            f"Subawards come to {dollars(given)}, but the line for contracts and subawards holds "
            f"{dollars(line)}. Add {dollars(given - line)} there, or mend the subawards.",
        )


def _indirect(money: Money) -> Iterator[Problem]:
    budget, rule = money.budget, money.terms.rule
    if budget.basis is None:
        return  # the form already asks for the choice
    if budget.basis is IndirectBasis.NEGOTIATED and budget.rate is None:
        yield _at("indirect_rate", "Enter your negotiated rate in percent, like 26.5.")
    base = indirect_base(budget, money.subawards, rule)
    if base < NOTHING:
        yield _at(
            f"left_out_{LeftOut.RENTAL}",
            f"What is left out of the base is {dollars(-base)} more than the direct costs. "
            "Mend the amounts that are left out.",
        )
    most = most_indirect(budget, money.subawards, rule)
    over = budget.indirect - most
    if over > NOTHING:
        yield _at(
            f"{Column.FEDERAL}_{Category.INDIRECT}",
            f"Indirect costs of {dollars(budget.indirect)} are {dollars(over)} more than your "
            f"rate allows: {dollars(most)} on a base of {dollars(max(base, NOTHING))}.",
        )


def _cash(money: Money) -> Iterator[Problem]:
    budget = money.budget
    if budget.first_year_cash > budget.federal:
        over = dollars(budget.first_year_cash - budget.federal)
        yield _at(
            "cash_1",
            f"The four quarters come to {over} more than the federal funds that you ask for "
            f"({dollars(budget.federal)}).",
        )


def _ties(money: Money) -> Iterator[Problem]:
    """Section C: what givers have signed is the non-federal column, to the cent."""
    apart = money.budget.match - money.signed
    if apart == NOTHING:
        return
    gap = dollars(abs(apart))
    remedy = (
        f"{gap} of matching funds are in the budget but not signed. Ask a giver, or take it out."
        if apart > NOTHING
        else f"{gap} are signed but not in the budget. Put it into the matching column."
    )
    yield Problem(
        MATCH,
        "commitments",
        f"Givers have signed {dollars(money.signed)}; the matching column of the budget holds "
        f"{dollars(money.budget.match)}. {remedy}",
    )
