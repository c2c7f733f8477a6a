"""Calibration: the plan's worked example, its limits, its laws, and the known tables."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from grants.rules.scoring.agreement import Level, krippendorff_alpha
from grants.rules.scoring.calibration import Method, calibrate
from grants.rules.scoring.mixed_model import spectrum
from grants.rules.scoring.ranks import difference_error, rank_chances
from grants.rules.scoring.reliability import intraclass, mean_reliability
from grants.rules.scoring.reviews import Score, panel_of
from grants.rules.scoring.stability import staying_power
from kit.refusals import Refused

WORKED = """
A r1 6  r2 5  r3 8
B r1 5  r3 8  r4 6
C r2 4  r4 6  r5 7
D r1 7  r2 5  r5 9
E r3 9  r4 7  r5 8
F r1 4  r2 3  r4 4
"""


def scores_of(text):
    found = []
    for line in text.strip().splitlines():
        proposal, *rest = line.split()
        found += [Score(proposal, r, float(v)) for r, v in zip(rest[::2], rest[1::2], strict=True)]
    return found


WORKED_PANEL = panel_of(scores_of(WORKED))


def test_worked_example_comes_out():
    found = calibrate(WORKED_PANEL)
    assert round(found.noise, 5) == 0.16902
    assert round(found.between_reviewers, 5) == 2.07342
    assert found.leniency.round(4).tolist() == [-0.6815, -1.8893, 1.6734, -0.1952, 1.0926]
    assert found.scores.round(4).tolist() == [6.6325, 6.0678, 5.9973, 7.4927, 7.1431, 4.5887]
    assert found.errors.round(3).tolist() == [0.234, 0.235, 0.235, 0.234, 0.239, 0.229]
    assert found.is_adjusted
    assert found.likelihood_ratio > 2.71


def test_raw_means_keep_to_the_means():
    found = calibrate(WORKED_PANEL, Method.RAW)
    assert np.array_equal(found.scores, WORKED_PANEL.raw_means)
    assert not found.leniency.any()


def test_two_way_is_least_squares_with_effects_that_sum_to_zero():
    found = calibrate(WORKED_PANEL, Method.TWO_WAY)
    rows = WORKED_PANEL.scores()
    design = np.zeros((len(rows) + 1, 11))
    for number, score in enumerate(rows):
        design[number, WORKED_PANEL.proposals.index(score.proposal)] = 1
        design[number, 6 + WORKED_PANEL.reviewers.index(score.reviewer)] = 1
    design[-1, 6:] = 1
    aim = np.array([score.value for score in rows] + [0.0])
    direct = np.linalg.lstsq(design, aim, rcond=None)[0]
    assert np.allclose(found.scores, direct[:6])
    assert np.allclose(found.leniency, direct[6:])


def test_equal_reviewers_leave_the_gate_shut():
    rng = np.random.default_rng(7)
    scores = [
        Score(f"p{row}", f"r{(row + step) % 6}", 5 + float(rng.normal()))
        for row in range(12)
        for step in range(3)
    ]
    panel = panel_of(scores)
    found = calibrate(panel)
    assert not found.is_adjusted
    assert np.array_equal(found.scores, panel.raw_means)


def test_a_tie_of_raw_means_is_not_broken_behind_a_shut_gate():
    panel = panel_of(scores_of("A x 4 y 6\nB y 4 z 6\nC z 4 x 6"))
    assert len(set(calibrate(panel).scores.tolist())) == 1


def test_parts_without_a_shared_reviewer_are_not_compared():
    panel = panel_of(scores_of("A x 4 y 6\nB x 5 y 5\nC z 4 w 6\nD z 3 w 4"))
    for method in (Method.REML, Method.TWO_WAY):
        with pytest.raises(Refused) as caught:
            calibrate(panel, method)
        assert caught.value.refusal.code == "disconnected_reviews"
    assert calibrate(panel, Method.RAW).scores.tolist() == [5.0, 5.0, 5.0, 3.5]


@pytest.mark.parametrize(
    ("text", "code"),
    [("", "no_scores"), ("A x 4 x 5", "scored_twice"), ("A x nan", "score_not_a_number")],
)
def test_scores_that_cannot_be_are_refused(text, code):
    with pytest.raises(Refused) as caught:
        panel_of(scores_of(text))
    assert caught.value.refusal.code == code


panels = st.integers(0, 2**32 - 1).map(
    lambda seed: _random_panel(np.random.default_rng(seed)),
)


def _random_panel(rng):
    reviewers = rng.normal(scale=rng.uniform(0, 2), size=5)
    return [
        Score(f"p{row}", f"r{column}", float(np.round(5 + reviewers[column] + rng.normal(), 2)))
        for row in range(int(rng.integers(4, 9)))
        for column in sorted({(row + step) % 5 for step in range(3)})
    ]


@given(panels, st.floats(-50, 50))
def test_a_constant_added_to_every_score_moves_every_score_by_it(scores, shift):
    moved = [Score(one.proposal, one.reviewer, one.value + shift) for one in scores]
    before, after = calibrate(panel_of(scores)), calibrate(panel_of(moved))
    assert np.allclose(after.scores, before.scores + shift, atol=1e-5)
    assert np.allclose(after.leniency, before.leniency, atol=1e-5)


@given(panels)
def test_the_ratio_found_is_not_beaten_by_any_other(scores):
    of = spectrum(panel_of(scores))
    found = calibrate(panel_of(scores))
    ratio = found.between_reviewers / found.noise if found.is_adjusted else 0.0
    best = of.criterion(ratio)
    others = [of.criterion(float(g)) for g in np.logspace(-5, 5, 60)]
    assert min(others) > best - 1e-9 or not found.is_adjusted


@given(panels, st.randoms(use_true_random=False))
def test_the_order_of_the_rows_says_nothing(scores, random):
    shuffled = list(scores)
    random.shuffle(shuffled)
    assert np.allclose(calibrate(panel_of(scores)).scores, calibrate(panel_of(shuffled)).scores)


@given(panels)
def test_leniency_is_shrunk_never_stretched(scores):
    found = calibrate(panel_of(scores))
    fixed = calibrate(panel_of(scores), Method.TWO_WAY)
    assert np.linalg.norm(found.leniency) <= np.linalg.norm(fixed.leniency) + 1e-9


def test_chances_add_up_to_the_awards_and_come_again_from_the_seed():
    calibration = calibrate(WORKED_PANEL)
    first = rank_chances(calibration, 2, seed=5)
    again = rank_chances(calibration, 2, seed=5)
    assert np.array_equal(first.above, again.above)
    assert first.above.sum() == pytest.approx(2, abs=1e-9)
    assert first.expected.sum() == pytest.approx(21, abs=1e-9)
    assert first.above[3] > 0.95  # D, far ahead
    assert first.above[5] < 0.01  # F, far behind


def test_scores_that_do_not_differ_give_every_order_the_same_chance():
    panel = panel_of(scores_of("A x 4 y 6\nB y 4 z 6\nC z 4 x 6"))
    found = rank_chances(calibrate(panel), 1, seed=1)
    assert found.above.tolist() == pytest.approx([1 / 3] * 3)
    assert found.spread == 0


@pytest.mark.parametrize("awards", [-1, 7])
def test_a_line_outside_the_list_is_refused(awards):
    with pytest.raises(Refused) as caught:
        rank_chances(calibrate(WORKED_PANEL), awards, seed=1)
    assert caught.value.refusal.code == "line_outside"


def test_one_score_each_says_nothing_about_chance():
    panel = panel_of(scores_of("A x 4\nB x 5\nC x 6"))
    with pytest.raises(Refused) as caught:
        rank_chances(calibrate(panel, Method.RAW), 1, seed=1)
    assert caught.value.refusal.code == "error_unknown"


def test_shared_reviewers_make_a_difference_surer_than_separate_ones():
    found = calibrate(WORKED_PANEL)
    apart = np.sqrt(found.covariance[0, 0] + found.covariance[3, 3])
    assert difference_error(found, 0, 3) < apart


def test_a_clear_winner_stays_without_any_one_reviewer():
    shares = staying_power(WORKED_PANEL, 2, Method.RAW)
    assert shares[4] == 1.0
    assert shares[5] == 1.0
    assert (shares[~np.isnan(shares)] >= 0).all()


GAPS = float("nan")
KRIPPENDORFF = np.array(
    [
        [1, 1, GAPS, 1],
        [2, 2, 3, 2],
        [3, 3, 3, 3],
        [3, 3, 3, 3],
        [2, 2, 2, 2],
        [1, 2, 3, 4],
        [4, 4, 4, 4],
        [1, 1, 2, 1],
        [2, 2, 2, 2],
        [GAPS, 5, 5, 5],
        [GAPS, GAPS, 1, 1],
        [GAPS, GAPS, 3, GAPS],
    ]
)


@pytest.mark.parametrize(
    ("level", "alpha"),
    [
        (Level.NOMINAL, 0.743),
        (Level.ORDINAL, 0.815),
        (Level.INTERVAL, 0.849),
        (Level.RATIO, 0.797),
    ],
)
def test_krippendorffs_own_example(level, alpha):
    assert round(krippendorff_alpha(KRIPPENDORFF, level), 3) == alpha


def test_alpha_of_one_value_or_no_pair_is_unknown():
    assert np.isnan(krippendorff_alpha(np.array([[2.0, 2.0], [2.0, 2.0]]), Level.INTERVAL))
    assert np.isnan(krippendorff_alpha(np.array([[1.0, GAPS], [GAPS, 2.0]]), Level.INTERVAL))


def test_shrout_and_fleiss_table():
    rows = [[9, 2, 5, 8], [6, 1, 3, 2], [8, 4, 6, 8], [7, 1, 2, 6], [10, 5, 6, 9], [6, 2, 4, 7]]
    found = intraclass(np.array(rows, dtype=float))
    assert [
        round(value, 2)
        for value in (
            found.one_random,
            found.two_random,
            found.two_fixed,
            found.mean_one_random,
            found.mean_two_random,
            found.mean_two_fixed,
        )
    ] == [0.17, 0.29, 0.71, 0.44, 0.62, 0.91]


def test_more_reviews_make_the_mean_more_reliable():
    assert [round(mean_reliability(0.26, k), 2) for k in (1, 3, 5)] == [0.26, 0.51, 0.64]
