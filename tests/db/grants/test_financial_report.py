"""The sums of an SF-425 come out of both ledgers, as of entry numbers, whatever is posted later."""

import random
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

import pytest

from grants.actions.make_payment_file import make_payment_file
from grants.actions.record_refund import Repayment, record_refund
from grants.models import FundEntry, MatchEntry, PaymentOrder
from grants.queries.award_standing import fund_balances, standing_of, terms_of
from grants.queries.financial_report import (
    cost_lines,
    cost_request,
    cut_now,
    match_entries,
    receipt_entries,
    sums_at,
)
from grants.rules.funnel import NOTHING, Movement, fold
from grants.rules.match.accounts import (
    FUND_FUNNEL,
    MATCH_FUNNEL,
    FundAccount,
    FundStep,
    MatchAccount,
    MatchStep,
)
from grants.rules.match.financial_report import FormLine, Sums, form_lines
from grants.rules.match.limits import eligible_match
from grants.rules.match.states import CASH_KINDS, ContributionState
from grants.rules.payment_states import PaymentState, RepaymentCause
from grants.rules.terms import MatchKind
from tests.db.grants.ledger_walk import Walk, make_scene, step
from tests.db.grants.payment_acts import (
    HEADER,
    acting,
    answer,
    approved,
    certified,
    matched,
    paid,
    read,
    submitted,
)
from tests.factories.awards import (
    make_award,
    make_contribution,
    make_pledge,
    post_fund,
    post_match,
)
from tests.factories.payments import make_payment, order, results
from trail.queries.clock import database_now


def today():
    return database_now().date()


def now(award, **changes):
    return replace(cut_now(award, today()), **changes)


def sums(award, cut=None):
    return sums_at(award, cut or now(award))


def refund(row, amount, number="R-1", cause=RepaymentCause.COST):
    back = Repayment({"personnel": Decimal(amount)}, number, today(), cause, "Paid back")
    return record_refund(**acting(), request=row, repayment=back)


@pytest.fixture
def award():
    return matched(5_000)


def test_an_award_at_its_start():
    award = make_award()
    assert sums(award) == Sums(authorized=award.federal_amount)


def test_every_sum_of_an_award_under_way(award):
    in_kind = make_pledge(award, "Wood County", kind=MatchKind.IN_KIND)
    make_contribution(in_kind, ContributionState.VERIFIED, 700, kind="space")
    income = make_pledge(award, "Huron Fair")
    make_contribution(income, ContributionState.VERIFIED, 300, kind="programme_income")
    make_contribution(income, ContributionState.SUBMITTED, 40)
    paid(award, {"personnel": (1_000, 0, 900)})
    certified(award, {"personnel": (1_500, 0, 200)})
    submitted(award, {"personnel": (1_800, 0, 100)})
    assert sums(award) == Sums(
        received=Decimal(900),
        authorized=award.federal_amount,
        costs=Decimal(1_500),
        pending=Decimal(1_800),
        cash=Decimal(5_300),
        noncash=Decimal(700),
        income=Decimal(300),
    )


# L17: the form ties to both ledgers.


def test_the_form_ties_to_both_ledgers(award):
    row = paid(award, {"personnel": (1_000, 0, 900)})
    refund(row, 100)
    given = award.contributions.get()
    verified = given.entries.get(step=MatchStep.VERIFY)
    pledge = given.pledge
    post_match(pledge, MatchStep.VERIFY, Decimal(2_000), contribution=given, reverses=verified)
    found, standing = sums(award), standing_of(award)
    balances = fund_balances(award)
    assert found.received == balances[FundAccount.PAID]
    assert found.authorized == sum(
        (balances[one] for one in (FundAccount.OBLIGATED, FundAccount.APPROVED, FundAccount.PAID)),
        NOTHING,
    )
    assert (found.cash, found.noncash) == (standing.cash, standing.noncash)
    lines = form_lines(terms_of(award), found, has_advances=True)
    assert lines[FormLine.J] == eligible_match(terms_of(award), standing)


def test_the_form_ties_to_ledgers_that_are_folded_without_sql(award):
    make_contribution(make_pledge(award, "Wood"), ContributionState.VERIFIED, 70)
    paid(award, {"personnel": (1_000, 0, 900)})
    match, funds = folded(award)
    cash = sum(
        (one.amount for one in award.contributions.filter(kind__in=sorted(CASH_KINDS))), NOTHING
    )
    assert sums(award).cash == cash == match.balance(MatchAccount.VERIFIED)
    assert sums(award).received == funds.balance(FundAccount.PAID)


def folded(award):
    match = [
        Movement(one.number, one.step, one.amount, "", one.reverses and one.reverses.number)
        for one in MatchEntry.objects.filter(award=award)
    ]
    funds = [
        Movement(one.number, one.step, one.amount, "", one.reverses and one.reverses.number)
        for one in FundEntry.objects.filter(pool=award.selected.pool)
    ]
    return fold(MATCH_FUNNEL, match), fold(FUND_FUNNEL, funds)


@pytest.mark.parametrize("seed", range(4))
def test_the_form_ties_at_every_prefix_of_a_random_ledger(seed):
    """The sums of any entry number are those of a plain walk over the rows until it."""
    walk = Walk(make_scene(), random.Random(seed))  # noqa: S311 - not for secrets
    for _ in range(25):
        step(walk)
    award = walk.scene.award
    cut, verified = now(award), NOTHING
    rows = {one.number: one for one in award.entries.all()}
    for number in range(cut.match_through + 1):
        row = rows.get(number)
        if row is not None and row.step == MatchStep.VERIFY:
            verified += -row.amount if row.reverses_id else row.amount
        assert sums(award, replace(cut, match_through=number)).cash == verified
    assert verified == standing_of(award).cash


# L14: a past form stays equal.


def test_a_past_form_stays_equal_whatever_is_posted_later(award):
    row = paid(award, {"personnel": (1_000, 0, 900)})
    cut = now(award)
    before = sums(award, cut)
    make_contribution(make_pledge(award, "Wood"), ContributionState.VERIFIED, 70)
    given = award.contributions.get(pledge__giver_name="Maumee Glass")
    verified = given.entries.get(step=MatchStep.VERIFY)
    post_match(given.pledge, MatchStep.VERIFY, given.amount, contribution=given, reverses=verified)
    refund(row, 900)
    make_payment(award, PaymentState.PAID, lines={"personnel": (1_700, 0, 5)})
    submitted_later = make_payment(award, PaymentState.SUBMITTED)
    assert sums(award, cut) == before
    assert sums(award) != before
    assert submitted_later.lines.get().costs_to_date == sums(award).pending


def test_each_prefix_of_the_ledgers_is_a_form_of_its_own(award):
    paid(award, {"personnel": (1_000, 0, 900)})
    whole = now(award)
    kept = [
        sums(award, replace(whole, match_through=match, fund_through=fund))
        for match in range(whole.match_through + 1)
        for fund in range(whole.fund_through + 1)
    ]
    assert kept[0] == Sums()
    assert kept[-1] == sums(award)
    paid(award, {"personnel": (2_000, 0, 900)})
    again = [
        sums(award, replace(whole, match_through=match, fund_through=fund))
        for match in range(whole.match_through + 1)
        for fund in range(whole.fund_through + 1)
    ]
    assert again == kept


# The last day of the period.


def test_what_was_given_after_the_last_day_is_in_the_next_form(award):
    late = make_pledge(award, "Wood")
    make_contribution(
        late, ContributionState.VERIFIED, 70, given_from=today(), given_through=today()
    )
    yesterday = today() - timedelta(days=1)
    assert sums(award).cash == 5_070
    assert sums(award, replace(now(award), as_of=yesterday)).cash == 5_000


def test_costs_beyond_the_last_day_are_in_the_next_form(award):
    paid(award, {"personnel": (1_000, 0, 900)})
    two_days_ago = today() - timedelta(days=2)
    assert sums(award).costs == 1_000
    assert sums(award, replace(now(award), as_of=two_days_ago)).costs == NOTHING
    assert cut_now(award, two_days_ago).pending == NOTHING


def test_money_after_the_last_day_counts_in_the_final_form_only(award):
    paid(award, {"personnel": (1_000, 0, 900)})
    yesterday = replace(now(award), as_of=today() - timedelta(days=1))
    assert sums(award, yesterday).received == NOTHING
    assert sums(award, replace(yesterday, is_final=True)).received == 900


def test_the_day_of_a_payment_is_the_banks(award):
    row = certified(award, {"personnel": (1_000, 0, 900)})
    yesterday = today() - timedelta(days=1)
    sent, entry = order(row), post_fund(award, FundStep.PAY, Decimal(900))
    PaymentOrder.objects.filter(pk=sent.pk).update(
        result="paid",
        results=results(row),
        result_on=yesterday,
        trace="TRACE-1",
        pay_entry=entry,
    )
    assert sums(award, replace(now(award), as_of=yesterday)).received == 900


# Costs.


def test_costs_somebody_only_claims_are_waiting(award):
    submitted(award, {"personnel": (1_000, 0, 900)})
    found = sums(award)
    assert (found.costs, found.pending) == (NOTHING, Decimal(1_000))


def test_approved_costs_wait_until_they_are_certified(award):
    approved(award, {"personnel": (1_000, 0, 900)})
    found = sums(award)
    assert (found.costs, found.pending) == (NOTHING, Decimal(1_000))


def test_a_payment_that_failed_takes_its_costs_back_to_waiting(award):
    row = certified(award, {"personnel": (1_000, 0, 900)})
    assert sums(award).costs == 1_000
    make_payment_file(**acting(), agency=award.agency)
    read(award, HEADER + answer(row, "failed"))
    found = sums(award)
    assert (found.costs, found.pending) == (NOTHING, Decimal(1_000))


def test_a_cost_that_was_paid_back_is_none(award):
    row = paid(award, {"personnel": (1_000, 0, 900)})
    refund(row, 150)
    found = sums(award)
    assert (found.received, found.costs) == (Decimal(750), Decimal(850))
    refund(row, 750, "R-2")
    assert (sums(award).received, sums(award).costs) == (NOTHING, Decimal(100))
    assert [(credit, net) for _, credit, net in cost_lines(award, now(award))] == [(900, 100)]


def test_an_advance_that_came_back_was_no_cost():
    award = matched(5_000, has_advances=True)
    row = paid(award, {"personnel": (1_000, 400, 1_400)})
    refund(row, 300, cause=RepaymentCause.ADVANCE)
    assert (sums(award).received, sums(award).costs) == (Decimal(1_100), Decimal(1_000))
    refund(row, 200, "R-2")
    assert (sums(award).received, sums(award).costs) == (Decimal(900), Decimal(800))


def test_money_that_came_back_for_want_of_match_leaves_the_costs(award):
    row = paid(award, {"personnel": (1_000, 0, 900)})
    refund(row, 300, cause=RepaymentCause.LIMIT)
    assert (sums(award).received, sums(award).costs) == (Decimal(600), Decimal(1_000))


def test_the_latest_certified_request_says_the_costs(award):
    paid(award, {"personnel": (1_000, 0, 900)})
    later = certified(award, {"personnel": (1_200, 0, 100)})
    assert cost_request(award, now(award)) == later


def test_another_awards_entries_are_not_counted(award):
    other = matched(3_000)
    paid(other, {"personnel": (700, 0, 600)})
    assert sums(award) == Sums(authorized=award.federal_amount, cash=Decimal(5_000))


# What a line opens to.


def test_entries_of_a_line_make_its_amount(award):
    row = paid(award, {"personnel": (1_000, 0, 900)})
    refund(row, 100)
    cut = now(award)
    received = [
        one.amount if one.reverses_id is None else -one.amount
        for one in receipt_entries(award, cut)
    ]
    assert received == [900, -100]
    assert [one.amount for one in match_entries(award, cut)] == [5_000]


def test_sums_are_made_by_the_database(award, django_assert_num_queries):
    make_payment(award, PaymentState.PAID)
    cut = now(award)
    with django_assert_num_queries(7):
        sums_at(award, cut)
