"""What a notice must say before it may go out, and what an amendment makes of it."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grants.rules.amending import revised
from grants.rules.bundles import (
    bundle_of,
    canonical_text,
    changes_between,
    hash_of,
    lines_of,
    pieces,
)
from grants.rules.clearance import may_schedule, may_sign, window_refusal
from grants.rules.extensions import (
    Outage,
    close_after_change,
    close_after_outage,
    outage_refusal,
)
from grants.rules.inquiries import may_ask
from grants.rules.notice import (
    AnchorLine,
    Dates,
    Part,
    PoolLine,
    Rubric,
    missing,
    part_refusals,
)
from grants.rules.shares import match_words, read_share, share_words
from grants.rules.standard_notice import standard_notice
from grants.rules.terms import ClearanceKind, PoolKind
from kit.refusals import Refused

OPENS = datetime(2027, 1, 4, 14, 0, tzinfo=UTC)
CLOSES = datetime(2027, 3, 15, 21, 0, tzinfo=UTC)
ZONE = "America/New_York"
DAY = timedelta(days=1)


def notice(**parts):
    """A whole notice; `dates`, `money` and so on replace its parts."""
    bare = standard_notice(opportunity_number="PG-1", title="Planning grants", time_zone=ZONE)
    pool = PoolLine(PoolKind.FEDERAL, 1, "Office", "", Decimal(1_000_000))
    whole = replace(
        bare,
        dates=Dates(OPENS, CLOSES, ZONE, ""),
        money=replace(bare.money, federal_ceiling=Decimal(500_000), pools=(pool,)),
    )
    return replace(whole, **parts)


def weighed(*weights):
    rubric = notice().rubric
    return replace(
        rubric,
        criteria=tuple(
            replace(one, weight=weight)
            for one, weight in zip(rubric.criteria, weights, strict=True)
        ),
    )


def codes(part):
    return [one.code for one in part_refusals(part)]


def test_the_standard_notice_lacks_only_dates_and_money():
    bare = standard_notice(opportunity_number="PG-1", title="Planning grants", time_zone=ZONE)
    assert set(missing(bare)) == {Part.DATES, Part.MONEY}
    assert missing(notice()) == {}


@pytest.mark.parametrize(
    ("ceiling", "reviews", "is_enough"),
    [("1000000.00", 3, True), ("1000000.01", 3, False), ("1000000.01", 4, False), ("2e6", 5, True)],
)
def test_more_than_a_million_asks_for_five_reviewers(ceiling, reviews, is_enough):
    whole = notice()
    money = replace(
        whole.money,
        federal_ceiling=Decimal(ceiling),
        pools=(PoolLine(PoolKind.FEDERAL, 1, "Home", "", Decimal("5e6")),),
    )
    judging = replace(whole.judging, reviews_per_proposal=reviews)
    found = missing(replace(whole, money=money, judging=judging))
    assert set(found) == (set() if is_enough else {Part.JUDGING})


@pytest.mark.parametrize("weights", [(40, 35, 24), (40, 35, 26), (1, 1, 1), (50, 50, 50)])
def test_weights_must_sum_to_exactly_100(weights):
    assert codes(weighed(*weights)) == ["weights"]
    assert f"sum to {sum(weights)}." in part_refusals(weighed(*weights))[0].sentence


@given(st.integers(1, 98), st.integers(1, 98))
def test_weights_are_refused_unless_they_sum_to_100(first, second):
    third = 100 - first - second
    wanted = [] if third >= 1 else ["weights"]
    assert codes(weighed(first, second, max(third, 1))) == wanted


def rubric_with(anchors):
    rubric = notice().rubric
    first = replace(rubric.criteria[0], anchors=anchors)
    return replace(rubric, criteria=(first, *rubric.criteria[1:]))


ANCHORS = {
    "anchors_few": (AnchorLine(9, "Best"), AnchorLine(1, "Worst")),
    "anchor_twice": (AnchorLine(9, "a"), AnchorLine(9, "b"), AnchorLine(1, "c")),
    "anchor_outside": (AnchorLine(10, "a"), AnchorLine(5, "b"), AnchorLine(1, "c")),
}


@pytest.mark.parametrize("code", ANCHORS)
def test_every_criterion_describes_three_scores_of_the_scale(code):
    assert codes(rubric_with(ANCHORS[code])) == [code]


def test_other_parts_say_what_is_wrong():
    whole = notice()
    money, basics = whole.money, whole.basics
    assert codes(replace(money, federal_floor=Decimal(600_000))) == ["ceiling"]
    assert codes(replace(money, federal_ceiling=Decimal(2_000_000))) == ["pool_small"]
    assert codes(replace(money, giver_classes=())) == ["givers"]
    assert codes(replace(money, federal_share=Fraction(0))) == ["share", "givers"][:1]
    ohio = PoolLine(PoolKind.STATE, 2, "Ohio", "39", Decimal(1))
    assert codes(replace(money, pools=(*money.pools, ohio, ohio))) == ["pool_twice"]
    assert codes(replace(basics, activities=())) == ["activities"]
    assert codes(replace(basics, longest_years=3)) == ["years"]
    assert codes(replace(whole.form, questions=())) == ["questions"]
    assert codes(replace(whole.judging, reviews_per_proposal=2)) == ["reviews_few"]
    assert codes(Rubric(9, 1, whole.rubric.criteria))[0] == "scale"


WINDOWS = """
60  -       -
75  -       -
59  -       exigency_missing
59  reason  -
30  reason  -
30  -       exigency_missing
29  reason  window_too_short
1   reason  window_too_short
"""


@pytest.mark.parametrize(
    ("days", "reason", "code"), [line.split() for line in WINDOWS.strip().splitlines()]
)
def test_window(days, reason, code):
    found = window_refusal(OPENS, OPENS + int(days) * DAY, reason.strip("-"))
    assert (found.code if found else "-") == code


def test_a_minute_short_of_60_days_is_short():
    assert window_refusal(OPENS, OPENS + 60 * DAY - timedelta(minutes=1), "") is not None


def test_three_persons_sign_and_none_who_wrote():
    assert may_sign(signer="user:1", makers={"user:1"}, signed=()).code == "maker_is_checker"
    assert may_sign(signer="user:2", makers={"user:1"}, signed={"user:2"}).code == "signed_already"
    assert may_sign(signer="user:2", makers={"user:1"}, signed={"user:3"}) is None
    assert may_schedule({ClearanceKind.LEGAL}).code == "clearance_missing"
    assert "budget, paperwork" in may_schedule({ClearanceKind.LEGAL}).sentence


def test_an_outage_of_an_hour_in_the_last_day_counts():
    def code(began, minutes, at=CLOSES + DAY):
        outage = Outage(began, began + timedelta(minutes=minutes))
        found = outage_refusal(outage, closes_at=CLOSES, at=at)
        return found.code if found else None

    hour = timedelta(hours=1)
    assert code(CLOSES - 5 * hour, 60) is None
    assert code(CLOSES - 5 * hour, 59) == "outage_too_short"
    assert code(CLOSES - 30 * hour, 6 * 60) == "outage_too_short", "it ended before the last day"
    assert code(CLOSES - 30 * hour, 7 * 60) is None, "an hour of it falls into the last day"
    assert code(CLOSES - timedelta(minutes=30), 120) == "outage_too_short"
    assert code(CLOSES - 5 * hour, 60, at=CLOSES - 5 * hour) == "outage_not_over"


@given(st.integers(0, 2 * 365 * 24 * 60), st.integers(0, 72 * 60))
def test_an_extension_gives_everybody_24_hours(minute, late):
    closes_at = OPENS + timedelta(minutes=minute)
    at = closes_at + timedelta(minutes=late)
    found = close_after_outage(closes_at=closes_at, at=at, zone=ZONE)
    assert found - closes_at >= timedelta(hours=24)
    assert found - at >= timedelta(hours=24)
    assert found - max(at, closes_at) <= timedelta(hours=73)


def test_an_extension_over_the_short_night_is_not_23_hours():
    closes_at = datetime(2027, 3, 13, 22, 0, tzinfo=UTC)  # 5 p.m. before clocks go forward
    found = close_after_outage(closes_at=closes_at, at=closes_at - DAY / 2, zone=ZONE)
    assert found - closes_at == timedelta(hours=47)


def test_a_material_change_leaves_14_days():
    def found(days, *, is_material=True):
        return close_after_change(
            closes_at=CLOSES, at=CLOSES - days * DAY, zone=ZONE, is_material=is_material
        )

    assert found(14) == CLOSES
    assert found(13, is_material=False) == CLOSES
    assert CLOSES < found(13) <= CLOSES + 2 * DAY
    assert found(1) - (CLOSES - DAY) >= 14 * DAY


def test_an_amendment_never_shortens_and_never_reopens_the_opening():
    whole = notice()

    def code(dates=None, part=Part.DATES, text=None, at=OPENS + DAY):
        with pytest.raises(Refused) as refused:
            revised(whole, part, text or dates, at=at, is_material=False)
        return refused.value.refusal.code

    assert code(replace(whole.dates, closes_at=CLOSES - DAY)) == "shortened"
    assert code(replace(whole.dates, opens_at=OPENS + DAY)) == "opened_already"
    assert code(replace(whole.dates, closes_at=None)) == "shortened"
    assert code(part=Part.RUBRIC, text=weighed(40, 35, 24)) == "notice_incomplete"
    assert code(whole.dates, at=CLOSES) == "close_passed"
    other = replace(whole.basics, opportunity_number="PG-2")
    assert code(part=Part.BASICS, text=other) == "number_stands"


def bundle(whole):
    return bundle_of(whole, reference="CO-1", agency="Office", kind="planning_grant")


def test_one_character_changes_the_hash_and_shows_in_the_difference():
    before, after = bundle(notice()), bundle(notice(rubric=weighed(41, 34, 25)))
    assert hash_of(before) == hash_of(bundle(notice()))
    assert hash_of(before) != hash_of(after)
    changed = changes_between(lines_of(before), lines_of(after))
    assert [one.label for one in changed] == [
        "Criteria and anchors: criterion 1",
        "Criteria and anchors: criterion 2",
    ]
    assert "(40 %)" in changed[0].before
    assert "(41 %)" in changed[0].after


def test_the_bundle_holds_no_numbers_of_the_database():
    assert "agency_id" not in canonical_text(bundle(notice()))


@given(st.text("ab ", max_size=30), st.text("ab ", max_size=30))
def test_pieces_give_back_both_texts(before, after):
    found = pieces(before, after)
    old = " ".join(one.text for one in found if one.kind != "in")
    new = " ".join(one.text for one in found if one.kind != "out")
    assert (old.split(), new.split()) == (before.split(), after.split())


@pytest.mark.parametrize(
    "text", ["", "0", "0/2", "3/2", "101%", "1/0", "-1/2", "½", "1e1%", "\u0661/\u0662"]
)
def test_what_is_no_share_is_refused(text):
    with pytest.raises(Refused):
        read_share(text)


def test_shares_in_words():
    assert share_words(read_share("33.33%")) == "3333/10000"
    assert match_words(Fraction(1, 3)) == "$2.00 of match for each federal dollar"
    assert match_words(Fraction(1)) == "No match is asked for"


def test_five_questions_may_wait():
    assert may_ask(waiting=5).code == "questions_waiting"
