"""What a review needs, when the spread is wide, and when scores may still change."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grants.rules import reviewing
from grants.rules.panel_states import AssignmentState
from grants.rules.reviewing import (
    Mark,
    Scale,
    Weighted,
    Written,
    final_refusals,
    lock_refusal,
    mark_refusals,
    others_refusal,
    overall,
    rescore_refusal,
    submit_refusals,
    take_back_refusal,
    widely_scored,
)

SCALE = Scale(1, 9)
NEED, PLAN = Weighted(1, "Need", 60), Weighted(2, "Plan", 40)
BOTH = (NEED, PLAN)
WHY = "The letters show it"


def written(**changes):
    values = {
        "marks": {1: Mark(5), 2: Mark(6)},
        "strengths": "Many firms.",
        "weaknesses": "None found.",
        "has_capacity": True,
        "capacity_reason": "",
        **changes,
    }
    return Written(**values)


def codes(found):
    return [one.code for one in found]


def test_a_whole_review_may_be_submitted():
    assert submit_refusals(written(), BOTH, SCALE) == []


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"marks": {1: Mark(5)}}, "score_missing"),
        ({"marks": {1: Mark(5), 2: Mark(10)}}, "score_off_scale"),
        ({"marks": {1: Mark(5), 2: Mark(0)}}, "score_off_scale"),
        ({"marks": {1: Mark(5), 2: Mark(9)}}, "end_of_scale_unjustified"),
        ({"marks": {1: Mark(1, "bad"), 2: Mark(5)}}, "end_of_scale_unjustified"),
        ({"strengths": " "}, "strengths_missing"),
        ({"weaknesses": ""}, "weaknesses_missing"),
        ({"has_capacity": None}, "capacity_missing"),
        ({"has_capacity": False}, "capacity_unexplained"),
    ],
)
def test_what_a_review_still_needs(changes, code):
    assert codes(submit_refusals(written(**changes), BOTH, SCALE)) == [code]


def test_a_score_at_the_end_with_a_reason_is_taken():
    marks = {1: Mark(9, WHY), 2: Mark(1, WHY)}
    assert mark_refusals(marks, BOTH, SCALE) == {}


def test_half_the_scale_apart_is_wide():
    assert widely_scored({1: 3, 2: 5}, [{1: 6, 2: 9}, {1: 4, 2: 5}], SCALE) == {2}
    assert widely_scored({1: 3}, [], SCALE) == frozenset()


def test_a_wide_spread_asks_each_reviewer_why():
    found = final_refusals({1: Mark(3), 2: Mark(5, WHY)}, {1, 2}, BOTH)
    assert list(found) == [1]
    assert "Need" in found[1].sentence


def test_own_scores_stand_once_the_others_were_read():
    assert take_back_refusal(has_read_others=False) is None
    assert take_back_refusal(has_read_others=True) is reviewing.OTHERS_SEEN


@pytest.mark.parametrize("state", list(AssignmentState))
def test_others_are_read_after_the_own_review_only(state):
    after = {"submitted", "finalised", "rescored", "locked"}
    assert (others_refusal(state) is None) == (state.value in after)


def test_scores_change_in_an_open_discussion_only_and_never_after_the_lock():
    assert rescore_refusal(AssignmentState.FINALISED, is_discussed=True) is None
    refusal = rescore_refusal(AssignmentState.FINALISED, is_discussed=False)
    assert refusal is reviewing.NOT_IN_DISCUSSION
    assert rescore_refusal(AssignmentState.LOCKED, is_discussed=True) is reviewing.LOCKED


def test_locking_waits_for_every_review_and_for_the_end_of_the_discussion():
    assert lock_refusal([], is_open=False) is None
    assert "Reviewer 2" in lock_refusal(["Reviewer 2"], is_open=False).sentence
    assert lock_refusal([], is_open=True).code == "discussion_open"


@given(st.lists(st.integers(1, 9), min_size=2, max_size=2))
def test_the_weighted_score_lies_between_its_parts(values):
    score = overall({1: values[0], 2: values[1]}, BOTH)
    assert min(values) <= score <= max(values)
    assert score == Fraction(60 * values[0] + 40 * values[1], 100)
