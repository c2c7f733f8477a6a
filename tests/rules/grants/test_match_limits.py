"""What may be drawn and what is owed back: the plan's worked example and laws around it."""

from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grants.rules.match.limits import (
    Standing,
    Terms,
    cap_on,
    eligible_match,
    final_federal,
    matched_federal,
    may_draw,
    receivable,
    required_match,
    required_to_date,
)
from grants.rules.terms import MatchPace

CENT = Decimal("0.01")
DAY = date(2026, 6, 1)


def terms(pace=MatchPace.PRO_RATA, share=Fraction(1, 2), federal=1_000_000, years=2):
    return Terms(Decimal(federal), share, 40, pace, date(2026, 1, 1), date(2025 + years, 12, 31))


def standing(cash=0, noncash=0, drawn=0, costs=10**9):
    return Standing(Decimal(cash), Decimal(noncash), Decimal(costs), Decimal(0), Decimal(drawn))


def refused(standing_now, amount, award=None):
    refusal = may_draw(award or terms(), standing_now, Decimal(amount), DAY)
    return refusal.code if refusal else None


def test_the_plans_worked_example():
    cash = standing(cash=180_000)
    assert cap_on(terms(), cash, DAY).limit == 180_000
    assert refused(cash, 150_000) is None
    after = standing(cash=180_000, drawn=150_000)
    assert refused(after, 30_000) is None
    assert refused(after, Decimal("30000.01")) == "over_the_limit"
    with_goods = standing(cash=180_000, noncash=550_000, drawn=150_000)
    assert eligible_match(terms(), with_goods) == 580_000
    assert refused(with_goods, 400_000) is None
    audited = standing(cash=100_000, noncash=550_000, drawn=550_000)
    assert eligible_match(terms(), audited) == 500_000
    assert receivable(terms(), audited, DAY) == 50_000
    assert refused(audited, CENT) == "receivable_open"
    refunded = standing(cash=100_000, noncash=550_000, drawn=500_000)
    assert receivable(terms(), refunded, DAY) == 0


@pytest.mark.parametrize(
    ("pace", "day", "limit", "required"),
    [
        (MatchPace.YEARLY, date(2026, 12, 31), 500_000, 0),
        (MatchPace.YEARLY, date(2027, 1, 1), 0, 500_000),
        (MatchPace.YEARLY, date(2028, 1, 1), 0, 1_000_000),
        (MatchPace.BY_END, date(2027, 12, 31), 1_000_000, 0),
        (MatchPace.BY_END, date(2028, 1, 1), 0, 1_000_000),
        (MatchPace.PRO_RATA, date(2026, 1, 1), 0, 0),
    ],
)
def test_the_pace_of_the_notice_without_any_match(pace, day, limit, required):
    assert cap_on(terms(pace), standing(), day).limit == limit
    assert required_to_date(terms(pace), standing(), day) == required


def test_a_year_proven_opens_the_next():
    half = standing(cash=500_000)
    assert cap_on(terms(MatchPace.YEARLY), half, date(2027, 3, 1)).limit == 1_000_000


def test_without_match_the_award_itself_is_the_limit():
    whole = terms(share=Fraction(1))
    assert required_match(whole.federal, whole.share) == 0
    assert cap_on(whole, standing(), DAY).limit == 1_000_000


@pytest.mark.parametrize(
    ("costs", "amount", "code"), [(100, 100, None), (100, Decimal("100.01"), "over_the_limit")]
)
def test_costs_to_date_are_a_limit(costs, amount, code):
    assert refused(standing(cash=500_000, costs=costs), amount) == code


def test_the_final_share_is_the_least_of_four():
    now = standing(cash=300_000, drawn=400_000)
    assert final_federal(terms(), now, Decimal(10**7)) == 300_000
    assert final_federal(terms(), now, Decimal(500_001)) == Decimal("250000.50")


shares = st.fractions(min_value=Fraction(1, 20), max_value=1, max_denominator=20)
money = st.decimals(min_value=0, max_value=10**7, places=2)


@given(share=shares, federal=st.decimals(min_value=1, max_value=10**7, places=2), match=money)
def test_roundings_are_against_the_drawer(share, federal, match):
    carried = matched_federal(match, share, federal)
    assert 0 <= carried <= federal
    assert Fraction(carried) * (1 - share) <= Fraction(match) * share or share == 1
    whole = required_match(federal, share)
    assert Fraction(whole) * share >= Fraction(federal) * (1 - share)
    assert matched_federal(whole, share, federal) == federal


@given(cash=money, noncash=money, drawn=money, costs=money, amount=money)
def test_what_is_allowed_never_leaves_a_debt(cash, noncash, drawn, costs, amount):
    before = standing(cash, noncash, drawn, costs)
    if refused(before, amount) is None:
        after = standing(cash, noncash, drawn + amount, costs)
        assert receivable(terms(), after, DAY) == 0
        assert refused(after, cap_on(terms(), after, DAY).room + CENT) == "over_the_limit"
