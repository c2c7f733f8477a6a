"""The comparison rule of programme 2.3, as a table and as laws."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from certification.rules.results import (
    RANKING,
    Direction,
    Outcome,
    Threshold,
    best,
    compare,
    margin,
    worst,
)
from mapping.rules.bounds import Bounds

# low   value  high   line  kind            outcome
MINIMA = """
1.50    1.50   1.50   1.50  share           pass
1.49    1.60   1.80   1.50  share           unknown
1.20    1.30   1.50   1.50  share           unknown
1.20    1.30   1.49   1.50  share           near
1.20    1.30   1.35   1.50  share           near
1.20    1.30   1.349  1.50  share           fail
1.00    1.00   1.00   1.00  strict          near
1.00    1.00   1.01   1.00  strict          unknown
1.01    1.01   1.01   1.00  strict          pass
15      15     15     15    count           pass
14      14     14     15    count           near
13      13     13     15    count           fail
0       0      0      1     count           near
2       2      2      4     count           fail
3       3      3      4     count           near
18      18     18     20    count           near
17      17     17     20    count           fail
14      14     16     15    count           unknown
"""
# mirrored
MAXIMA = """
0.50    0.50   0.50   0.50  share           pass
0.40    0.45   0.51   0.50  share           unknown
0.50    0.55   0.60   0.50  share           unknown
0.51    0.55   0.60   0.50  share           near
0.55    0.55   0.55   0.50  share           near
0.56    0.56   0.56   0.50  share           fail
"""


def rows(table, direction):
    for line in table.strip().splitlines():
        low, value, high, against, kind, outcome = line.split()
        reading = Bounds(Fraction(low), Fraction(value), Fraction(high))
        yield pytest.param(
            reading,
            Threshold(
                Fraction(against),
                direction,
                is_count=kind == "count",
                is_strict=kind == "strict",
            ),
            Outcome(outcome),
            id=f"{direction} {' '.join(line.split())}",
        )


@pytest.mark.parametrize(
    ("reading", "threshold", "outcome"),
    [*rows(MINIMA, Direction.MINIMUM), *rows(MAXIMA, Direction.MAXIMUM)],
)
def test_compare_follows_the_table(reading, threshold, outcome):
    assert compare(reading, threshold) is outcome


figures = st.fractions(min_value=0, max_value=40, max_denominator=60)


@st.composite
def readings(draw):
    low, value, high = sorted(draw(st.tuples(figures, figures, figures)))
    return Bounds(low, value, high)


thresholds = st.builds(
    Threshold,
    line=figures.filter(bool),
    direction=st.sampled_from(Direction),
    is_count=st.booleans(),
    is_strict=st.booleans(),
)


@given(readings(), thresholds)
def test_unknown_only_where_the_bounds_straddle_the_line(reading, threshold):
    if compare(reading, threshold) is Outcome.UNKNOWN:
        assert reading.low <= threshold.line <= reading.high


@given(figures, thresholds)
def test_an_exact_value_is_never_unknown(figure, threshold):
    assert compare(Bounds.exact(figure), threshold) is not Outcome.UNKNOWN


@given(readings(), figures, thresholds)
def test_a_better_value_never_judges_worse(reading, step, threshold):
    sign = 1 if threshold.direction is Direction.MINIMUM else -1
    moved = Bounds(
        reading.low + sign * step, reading.value + sign * step, reading.high + sign * step
    )
    before, after = compare(reading, threshold), compare(moved, threshold)
    assert RANKING.index(after) >= RANKING.index(before)


@given(readings(), figures, figures, thresholds)
def test_wider_bounds_never_make_a_pass_of_anything_less(reading, down, up, threshold):
    wider = Bounds(reading.low - down, reading.value, reading.high + up)
    if compare(wider, threshold) is Outcome.PASS:
        assert compare(reading, threshold) is Outcome.PASS
    if compare(reading, threshold) is Outcome.FAIL:
        assert compare(wider, threshold) is not Outcome.PASS


@given(readings(), thresholds)
def test_maxima_mirror_minima(reading, threshold):
    flipped = Threshold(
        -threshold.line,
        Direction.MAXIMUM if threshold.direction is Direction.MINIMUM else Direction.MINIMUM,
        is_count=threshold.is_count,
        is_strict=threshold.is_strict,
    )
    mirrored = Bounds(-reading.high, -reading.value, -reading.low)
    assert compare(mirrored, flipped) is compare(reading, threshold)
    assert margin(mirrored, flipped) == margin(reading, threshold)


@given(figures, thresholds)
def test_a_pass_has_no_negative_margin(figure, threshold):
    reading = Bounds.exact(figure)
    if compare(reading, threshold) is Outcome.PASS:
        assert margin(reading, threshold) >= 0
    else:
        assert margin(reading, threshold) <= 0


def test_best_and_worst_follow_the_ranking():
    assert best([Outcome.NEAR, Outcome.UNKNOWN]) is Outcome.UNKNOWN
    assert worst([Outcome.PASS, Outcome.UNKNOWN, Outcome.NEAR]) is Outcome.NEAR
    assert worst([]) is Outcome.PASS
