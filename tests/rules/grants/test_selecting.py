"""The draw, the pools, the debrief and the report: examples by hand, and laws."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grants.rules.debrief import appeal_until, quartile
from grants.rules.draw import draw_order, draw_seed, list_digest, may_draw, may_fix_list
from grants.rules.neutrality import EVERYBODY, FEWEST, TOGETHER, Applied, cut, neutrality
from grants.rules.pools import Ask, Purse, fill, what_if

NOON = datetime(2026, 3, 3, 17, tzinfo=UTC)
VALUE = "b7c1f2d0a9e84c55"
names = st.lists(st.text("ABCDEFGH0123", min_size=1, max_size=6), min_size=2, unique=True)


@given(names, st.text(min_size=1), st.text(min_size=1))
def test_draw_is_a_permutation_that_the_list_order_does_not_steer(listed, salt, value):
    digest = list_digest(salt, listed)
    assert digest == list_digest(salt, sorted(listed))
    seed = draw_seed(digest, value)
    assert seed == draw_seed(digest, f" {value} ")
    order = draw_order(seed, listed)
    assert sorted(order) == sorted(listed)
    assert order == draw_order(seed, list(reversed(listed)))


def test_every_part_of_the_draw_matters():
    listed = ["PR-1", "PR-2", "PR-3"]
    digest = list_digest("salt", listed)
    assert digest != list_digest("other", listed)
    assert digest != list_digest("salt", listed[:2])
    assert draw_seed(digest, VALUE) != draw_seed(digest, VALUE[::-1])


def test_draw_recomputed_by_hand():
    """The way the public page describes, with nothing but a SHA-256 tool."""
    import hashlib  # noqa: PLC0415 - the page's recipe, whole

    digest = hashlib.sha256(b"salt\nPR-1\nPR-2").hexdigest()
    seed = hashlib.sha256(f"{digest}|{VALUE}".encode()).hexdigest()
    order = sorted(
        ["PR-1", "PR-2"], key=lambda one: hashlib.sha256(f"{seed}|{one}".encode()).hexdigest()
    )
    listed = ["PR-2", "PR-1"]
    found = draw_order(draw_seed(list_digest("salt", listed), VALUE), listed)
    assert found == tuple(order)


@pytest.mark.parametrize(
    ("facts", "code"),
    [
        ({}, None),
        ({"is_announced": False}, "draw_not_announced"),
        ({"has_list": True}, "second_draw"),
        ({"count": 1}, "nothing_to_draw"),
    ],
)
def test_list_is_fixed_once_and_only_if_announced(facts, code):
    refusal = may_fix_list(**{"has_list": False, "is_announced": True, "count": 2, **facts})
    assert (refusal.code if refusal else None) == code


@pytest.mark.parametrize(
    ("facts", "code"),
    [
        ({}, None),
        ({"is_drawn": True}, "second_draw"),
        ({"public_from": None}, "list_not_public"),
        ({"public_from": NOON}, "list_not_public"),
        ({"value": "42"}, "value_too_short"),
    ],
)
def test_draw_needs_a_list_that_was_public_before(facts, code):
    asked = {"public_from": NOON - timedelta(hours=1), "is_drawn": False, "value": VALUE, **facts}
    refusal = may_draw(at=NOON, **asked)
    assert (refusal.code if refusal else None) == code


def ask(name, amount, *states):
    return Ask(name, Decimal(amount), frozenset(states))


US, OHIO = Purse("US", Decimal(10)), Purse("OH", Decimal(5), "39")


def test_state_money_serves_its_own_groups_first_and_frees_federal_money():
    asks = [ask("A", 6), ask("B", 4, "39"), ask("C", 4, "39"), ask("D", 4)]
    found = fill(asks, [US, OHIO])
    # Ohio pays B; C does not fit into Ohio's last dollar and gets federal money; D is left over.
    assert found.paid_by == {"B": "OH", "A": "US", "C": "US"}
    assert found.left == {"US": Decimal(0), "OH": Decimal(1)}
    assert found.reserve == ("D",)
    assert found.skipped == ()


def test_skip_and_fit():
    found = fill([ask("A", 6), ask("B", 5), ask("C", 4)], [US])
    assert found.paid_by == {"A": "US", "C": "US"}
    assert found.skipped == ("B",)
    assert found.reserve == ("B",)


def test_no_cheap_proposal_displaces_a_better_dear_one():
    found = fill([ask("best", 10), ask("x", 1), ask("y", 1)], [US])
    assert found.paid_by == {"best": "US"}


def test_what_if_says_whom_more_money_reaches_and_whom_it_displaces():
    asks = [ask("A", 6), ask("B", 5), ask("C", 4)]
    said = what_if(asks, [US], {"US": Decimal(1)})
    assert (said.gained, said.lost) == (("B",), ("C",))
    assert what_if(asks, [US], {"US": Decimal(-100)}).lost == ("A", "C")
    assert what_if(asks, [US], {"US": Decimal(5)}).gained == ("B",)


states = st.frozensets(st.sampled_from(["39", "26"]), max_size=2)
amounts = st.integers(1, 20).map(Decimal)
asked = st.lists(st.tuples(amounts, states), max_size=12).map(
    lambda rows: [Ask(f"p{n}", *row) for n, row in enumerate(rows)]
)
purses = st.tuples(amounts, amounts, amounts).map(
    lambda found: [
        Purse("US", found[0]),
        Purse("MI", found[1], "26"),
        Purse("OH", found[2], "39"),
    ]
)


@given(asked, purses)
def test_laws_of_filling(asks, money):
    found = fill(asks, money)
    states_of = {one.key: one.state for one in money}
    for purse in money:
        paid = [one for one in asks if found.paid_by.get(one.proposal) == purse.key]
        assert sum((one.amount for one in paid), Decimal(0)) + found.left[purse.key] == purse.amount
        assert found.left[purse.key] >= 0
    for one in asks:
        key = found.paid_by.get(one.proposal)
        if key is None:
            # Whoever is left out fits nowhere where they may be paid.
            open_to = [p.key for p in money if not p.state or p.state in one.states]
            assert all(one.amount > found.left[key] for key in open_to)
        else:
            assert not states_of[key] or states_of[key] in one.states
    assert {*found.paid_by, *found.reserve} == {one.proposal for one in asks}
    assert not set(found.paid_by) & set(found.reserve)
    assert set(found.skipped) <= set(found.reserve)


@given(asked, purses)
def test_the_first_of_the_ranked_list_is_paid_if_anything_can_pay_for_it(asks, money):
    if asks and any(asks[0].amount <= one.amount for one in money if not one.state):
        assert asks[0].proposal in fill(asks, money).paid_by


@given(st.integers(1, 600))
def test_quarters_are_even(count):
    found = [quartile(rank, count) for rank in range(1, count + 1)]
    assert found == sorted(found)
    assert set(found) <= {1, 2, 3, 4}
    sizes = [found.count(one) for one in set(found)]
    assert max(sizes) - min(sizes) <= 1


def test_appeal_runs_to_the_end_of_the_thirtieth_day_over_the_change_of_clocks():
    found = appeal_until(NOON, "America/New_York")
    assert found.astimezone(UTC) == datetime(2026, 4, 3, 4, tzinfo=UTC)


applied = st.builds(
    Applied,
    cluster=st.sampled_from(["Glass", "Steel", "Wood", "Boats"]),
    state=st.sampled_from(["Ohio", "Michigan", "Maine"]),
    participants=st.integers(1, 80),
    asked=amounts,
    given=st.just(Decimal(0)),
    is_selected=st.booleans(),
)


@given(st.lists(applied, max_size=60))
def test_report_sums_up_and_points_at_nobody(rows):
    report = neutrality(rows)
    for lines in (report.clusters, report.states, report.sizes):
        assert sum(one.applied for one in lines) == len(rows)
        assert sum((one.asked for one in lines), Decimal(0)) == sum(
            (one.asked for one in rows), Decimal(0)
        )
        for one in lines:
            alone = one.label == EVERYBODY or len([x for x in lines if x.hidden]) == 1
            assert one.hidden == 0 or one.hidden >= FEWEST or alone


def test_small_lines_are_put_together():
    rows = [Applied("Glass", "Ohio", 5, Decimal(1))] * 6 + [
        Applied("Glass", "Maine", 5, Decimal(1)),
        Applied("Glass", "Utah", 5, Decimal(1), Decimal(1), is_selected=True),
    ]
    found = cut(rows, lambda one: one.state)
    assert [(one.label, one.applied, one.hidden) for one in found] == [
        ("Utah", 1, 0),
        (TOGETHER, 7, 7),
    ]
