"""Where an award stands comes out of the rows of both ledgers."""

from datetime import timedelta
from decimal import Decimal

import pytest

from grants.queries.award_standing import (
    drawn_by_line,
    fund_balances,
    match_balances,
    pending_of,
    standing_of,
    terms_of,
    verified_income,
)
from grants.rules.funnel import NOTHING
from grants.rules.match.accounts import FundAccount, FundStep, MatchAccount, MatchStep
from grants.rules.match.limits import Standing
from grants.rules.match.states import ContributionState
from grants.rules.payment_states import PaymentState
from grants.rules.terms import MatchKind
from tests.factories.awards import (
    make_award,
    make_contribution,
    make_pledge,
    post_fund,
    post_match,
)
from tests.factories.payments import make_payment
from trail.queries.clock import database_now


@pytest.fixture
def award():
    return make_award()


def test_terms(award):
    terms = terms_of(award)
    assert (terms.federal, terms.share * 2) == (award.federal_amount, 1)


def test_nothing_yet(award):
    assert standing_of(award) == Standing()
    assert fund_balances(award)[FundAccount.OBLIGATED] == award.federal_amount


def test_only_verified_match_counts_and_reversals_take_it_back(award):
    pledge = make_pledge(award)
    given = make_contribution(pledge, ContributionState.VERIFIED, 10_000)
    make_contribution(pledge, ContributionState.SUBMITTED, 5_000)
    in_kind = make_pledge(award, "Wood County", kind=MatchKind.IN_KIND)
    make_contribution(in_kind, ContributionState.VERIFIED, 700, kind="space")
    make_contribution(pledge, ContributionState.VERIFIED, 300, kind="programme_income")
    verified = given.entries.get(step=MatchStep.VERIFY)
    post_match(pledge, MatchStep.VERIFY, Decimal(4_000), contribution=given, reverses=verified)
    standing = standing_of(award)
    assert (standing.cash, standing.noncash) == (Decimal(6_300), Decimal(700))
    assert verified_income(award) == Decimal(300)
    balances = match_balances(award)
    assert balances[MatchAccount.VERIFIED] == Decimal(7_000)
    assert sum(balances.values()) == 0
    assert standing_of(award, before=database_now() - timedelta(days=1)) == Standing()


def test_costs_are_of_the_latest_request_that_was_believed(award):
    make_payment(award, PaymentState.PAID)
    make_payment(award, PaymentState.APPROVED, lines={"personnel": (15_000, 500, 5_000)})
    last = make_payment(award, PaymentState.SUBMITTED, lines={"personnel": (90_000, 0, 1)})
    standing = standing_of(award)
    assert (standing.costs, standing.advance) == (Decimal(15_000), Decimal(500))
    assert standing.drawn == Decimal(10_000)
    assert standing_of(award, judged=last).costs == Decimal(90_000)
    draft = make_payment(award, lines={"personnel": (95_000, 0, 1)})
    assert standing_of(award, judged=draft).costs == Decimal(95_000)
    assert pending_of(award) == Decimal("5001.00")
    assert pending_of(award, last) == Decimal("5000.00")
    long_ago = award.starts_on - timedelta(days=1)
    assert standing_of(award, costs_through=long_ago).costs == NOTHING


def test_drawn_is_what_was_approved_and_paid_less_what_came_back(award):
    row = make_payment(award, PaymentState.PAID)
    paid = award.fund_entries.get(step=FundStep.PAY)
    approved = award.fund_entries.get(step=FundStep.APPROVE)
    post_fund(award, FundStep.PAY, Decimal(2_500), reverses=paid)
    post_fund(award, FundStep.APPROVE, Decimal(2_500), reverses=approved)
    assert standing_of(award).drawn == Decimal(7_500)
    assert drawn_by_line(award) == {"personnel": row.lines.get().asked}


def test_sums_are_made_by_the_database(award, django_assert_num_queries):
    with django_assert_num_queries(3):
        standing_of(award)
