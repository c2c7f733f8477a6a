"""The figures of an award's position, summed by the database, reversals and all."""

from datetime import timedelta
from decimal import Decimal

import pytest

from accounts.models import SizeStandard
from accounts.rules.size_class import Size
from grants.queries.award_position import (
    award_equity,
    award_givers,
    award_position,
    drawn_over_time,
    verified_over_time,
)
from grants.rules.match.accounts import FundStep, MatchStep
from grants.rules.match.states import ContributionState
from grants.rules.terms import GiverClass, MatchKind
from tests.factories.accounts import make_organization
from tests.factories.awards import (
    make_award,
    make_contribution,
    make_pledge,
    post_fund,
    post_match,
)
from trail.queries.clock import database_now


@pytest.fixture
def award():
    return make_award()


@pytest.fixture
def today():
    return database_now().date()


def test_an_award_of_today_has_nothing_but_its_money(award, today):
    found = award_position(award, today)
    assert (found.obligated, found.required, found.undrawn) == (200_000, 200_000, 200_000)
    assert (found.promises.pledged, found.eligible, found.cap.room) == (0, 0, 0)
    assert award_givers(award, today) == []
    assert verified_over_time(award) == drawn_over_time(award) == []


def test_promises_come_as_far_as_their_entries(award, today):
    cash = make_pledge(award, amount=Decimal(100_000))
    goods = make_pledge(award, kind=MatchKind.IN_KIND, amount=Decimal(90_000))
    make_contribution(cash, ContributionState.VERIFIED, 30_000)
    make_contribution(cash, amount=5_000)
    make_contribution(goods, ContributionState.VERIFIED, 85_000)
    found = award_position(award, today)
    promises = found.promises
    assert (promises.pledged, promises.committed) == (190_000, 190_000)
    assert (promises.recorded, promises.verified) == (120_000, 115_000)
    assert (found.eligible, found.beyond_cap) == (110_000, 5_000)


def test_reversals_take_away_everywhere(award, today):
    pledge = make_pledge(award)
    row = make_contribution(pledge, ContributionState.VERIFIED, 30_000)
    contributed, verified = row.entries.order_by("number")
    post_match(pledge, MatchStep.VERIFY, Decimal(10_000), contribution=row, reverses=verified)
    post_match(
        pledge, MatchStep.CONTRIBUTE, Decimal(10_000), contribution=row, reverses=contributed
    )
    pledged, committed = pledge.entries.filter(contribution=None)
    post_match(pledge, MatchStep.COMMIT, Decimal(60_000), reverses=committed)
    post_match(pledge, MatchStep.PLEDGE, Decimal(60_000), reverses=pledged)
    promises = award_position(award, today).promises
    assert (promises.pledged, promises.verified) == (40_000, 20_000)
    (giver,) = award_givers(award, today)
    assert (giver.promised, giver.released, giver.verified) == (100_000, 60_000, 20_000)


def test_lines_over_time_add_up_day_by_day(award):
    now = database_now()
    approved = post_fund(award, FundStep.APPROVE, Decimal(500), at=now - timedelta(days=2))
    post_fund(award, FundStep.APPROVE, Decimal(300), at=now - timedelta(days=2))
    post_fund(award, FundStep.APPROVE, Decimal(100), reverses=approved, at=now)
    days = [(day, amount) for day, amount in drawn_over_time(award)]
    assert days == [((now - timedelta(days=2)).date(), 800), (now.date(), 700)]


def test_givers_are_small_by_the_standard_of_their_industry(award, today):
    firm = make_organization()
    firm.naics, firm.employees = "999123", 40
    firm.save(update_fields=["naics", "employees"])
    SizeStandard.objects.create(
        naics="999123",
        measure="employees",
        limit=1_000,
        effective_from=today - timedelta(days=30),
        citation="13 CFR 121.201",
    )
    small = make_pledge(award, "Small Glass", organization=firm)
    make_pledge(award, "Ohio", giver_class=GiverClass.STATE)
    make_contribution(small, ContributionState.VERIFIED, 1_000)
    sizes = {one.name: one.size for one in award_givers(award, today)}
    assert sizes == {"Small Glass": Size.SMALL, "Ohio": Size.UNKNOWN}
    found = award_equity(award, today)
    assert [one.name for one in found.parts] == ["Small firms", "State governments"]
    assert (found.largest.name, found.largest_share) == ("Small Glass", 1)


def test_cash_and_goods_of_one_giver_belong_together(award, today):
    make_pledge(award)
    make_pledge(award, kind=MatchKind.IN_KIND)
    (part,) = award_equity(award, today).parts
    assert (part.givers, part.promised) == (1, 200_000)


def test_sums_take_the_same_queries_whatever_the_number_of_entries(
    award, today, django_assert_num_queries
):
    for number in range(3):
        make_contribution(make_pledge(award, f"Giver {number}"), ContributionState.VERIFIED, 1_000)
    with django_assert_num_queries(5):
        award_position(award, today)
    with django_assert_num_queries(1):
        award_equity(award, today)
