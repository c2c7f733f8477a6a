"""What may be asked for, who reviews and who certifies."""

from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest

from grants.rules import payments
from grants.rules.match.limits import Standing, Terms
from grants.rules.payments import Line
from grants.rules.terms import MatchPace

TERMS = Terms(
    Decimal(1_000),
    Fraction(1, 2),
    40,
    MatchPace.PRO_RATA,
    date(2026, 1, 1),
    date(2026, 12, 31),
)
TODAY = date(2026, 6, 30)

# budget, before, taken, costs, advance, asked: refused with
LINES = """
    100  0   0   80   0   80     -
    100  0   0   100  0   100    -
    100  0   0   80   20  100    -
    100  0   0   80   0   80.01  over_the_line
    100  50  50  80   0   30     -
    100  50  50  80   0   30.01  over_the_line
    100  50  50  49   0   0      costs_lower
    100  0   0   100.01 0 0      over_the_budget
    100  0   0   80   20.01 0    over_the_budget
    100  0   30  20   0   0.01   over_the_line
"""


@pytest.mark.parametrize("row", LINES.strip().splitlines())
def test_lines(row):
    *figures, code = row.split()
    line = Line("Travel", *(Decimal(one) for one in figures))
    found = [one.code for one in payments.line_refusals(line, has_advances=True)]
    assert found == ([] if code == "-" else [code])


def test_an_advance_needs_a_term():
    line = Line("Travel", Decimal(100), costs=Decimal(10), advance=Decimal(5), asked=Decimal(5))
    (refusal,) = payments.line_refusals(line, has_advances=False)
    assert refusal.code == "no_advances"


@pytest.mark.parametrize(
    ("first", "last", "code"),
    [
        (date(2026, 1, 1), TODAY, None),
        (date(2025, 12, 2), TODAY, None),
        (date(2025, 12, 1), TODAY, "outside_the_period"),
        (date(2026, 3, 1), date(2026, 7, 1), "not_paid_yet"),
        (date(2026, 3, 2), date(2026, 3, 1), "days_out_of_order"),
    ],
)
def test_days_of_costs(first, last, code):
    found = payments.days_refusals(TERMS, pre_award_days=30, days=(first, last), today=TODAY)
    assert [one.code for one in found] == ([code] if code else [])


# cash verified, costs, drawn, pending, asked: refused with
DRAWS = """
    100  500  0    0    100     -
    100  500  0    0    100.01  over_the_limit
    100  500  20   0    80      -
    100  500  0    80   20      -
    100  500  0    80   20.01   over_the_limit
    100  60   0    0    60.01   over_the_limit
    100  500  100.01 0  0.01    receivable_open
    100  500  0    0    0       nothing_asked
"""


@pytest.mark.parametrize("row", DRAWS.strip().splitlines())
def test_draws(row):
    *figures, code = row.split()
    cash, costs, drawn, pending, asked = (Decimal(one) for one in figures)
    standing = Standing(cash=cash, costs=costs, drawn=drawn)
    refusal = payments.draw_refusal(TERMS, standing, (asked, pending), TODAY)
    assert (refusal.code if refusal else "-") == code
    if pending and refusal:
        assert "another request" in refusal.sentence


def test_two_reviewers_and_a_third_who_certifies():
    asked = {"submitted_by": [1, None]}
    assert payments.reviewer_refusal(reviewer=1, other_reviewers=[], **asked).code == "own_request"
    again = payments.reviewer_refusal(reviewer=2, other_reviewers=[2], **asked)
    assert again.code == "reviewed_already"
    rest = {"reviewers": [2, 3], "obligators": [4], **asked}
    ends = {who: payments.certifier_refusal(certifier=who, **rest) for who in (1, 2, 3, 4, 5)}
    assert {who: refusal.code for who, refusal in ends.items() if refusal} == {
        1: "own_request",
        2: "reviewer_certifies",
        3: "reviewer_certifies",
        4: "obligator_pays",
    }


def test_a_refund_is_at_most_what_was_paid():
    paid = {"paid": Decimal(100), "back": Decimal(60)}
    assert payments.refund_refusal("Travel", amount=Decimal(40), **paid) is None
    refusal = payments.refund_refusal("Travel", amount=Decimal("40.01"), **paid)
    assert refusal.code == "refund_too_large"
    assert "$40.00" in refusal.sentence
