"""Outlines near a drawn region: which there are, and how the drawn one compares with them.

Planted: a drop that tears the region apart; seen red.
"""

import itertools

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from mapping.rules.contiguity import around, pieces
from mapping.rules.gaming import MOST_SWAPS, Change, Jobs, neighbourhood, standings

SIDE = 5
GRID = {
    f"{row}{column}": [
        f"{row + up}{column + right}"
        for up, right in ((0, 1), (1, 0), (0, -1), (-1, 0))
        if 0 <= row + up < SIDE and 0 <= column + right < SIDE
    ]
    for row, column in itertools.product(range(SIDE), repeat=2)
}
ROW = ("00", "01", "02")
drawings = st.sets(st.sampled_from(sorted(GRID)), min_size=1, max_size=8)


def made(drawn, change):
    return (set(drawn) | {change.added} - {""}) - {change.dropped}


def test_a_row_of_three():
    near = neighbourhood(ROW, GRID)
    assert near.outside == ("03", "10", "11", "12")
    dropped = {change.dropped for change in near.changes if not change.added}
    assert dropped == {"00", "02"}, "without the middle it would fall apart"
    assert Change("01", "11") not in near.changes
    assert Change("00", "03") in near.changes


@given(drawings)
def test_no_outline_nearby_has_more_pieces_and_none_comes_twice(drawn):
    near = neighbourhood(sorted(drawn), GRID)
    outlines = [frozenset(made(drawn, change)) for change in near.changes]
    assert len(outlines) == len(set(outlines))
    assert frozenset(drawn) not in outlines
    for outline in outlines:
        assert 1 <= len(outline) <= len(drawn) + 1
        assert len(pieces(outline, GRID)) <= len(pieces(drawn, GRID))


@given(drawings)
def test_every_change_of_one_county_is_there(drawn):
    """Compared with trying everything."""
    outside = around(drawn, GRID)
    most = len(pieces(drawn, GRID))
    tried = [set(drawn) | {new} for new in outside]
    tried += [set(drawn) - {old} for old in drawn if len(drawn) > 1]
    tried += [set(drawn) - {old} | {new} for old in drawn for new in outside]
    fitting = {frozenset(one) for one in tried if len(pieces(one, GRID)) <= most}
    near = neighbourhood(sorted(drawn), GRID)
    found = {frozenset(made(drawn, change)) for change in near.changes}
    assert found == fitting - _detached(drawn, outside)


def _detached(drawn, outside):
    """Swaps whose new county touches nothing that stays: they are no change of one outline."""
    return {
        frozenset(set(drawn) - {old} | {new})
        for old in drawn
        for new in outside
        if len(drawn) > 1 and not set(GRID[new]) & (set(drawn) - {old})
    }


def test_a_very_large_region_is_told_without_swaps():
    line = [f"{number:05}" for number in range(200)]
    beside = {
        code: [f"1{code[1:]}", *line[max(0, at - 1) : at], *line[at + 1 : at + 2]]
        for at, code in enumerate(line)
    }
    assert len(line) ** 2 > MOST_SWAPS
    near = neighbourhood(line, beside)
    assert not near.has_swaps
    assert not any(change.dropped and change.added for change in near.changes)


def jobs_of(table, codes):
    return Jobs(
        np.array([[table[code][0]] for code in codes], dtype=np.int64).reshape(-1, 1),
        np.array([[table[code][1]] for code in codes], dtype=np.int64).reshape(-1, 1),
    )


def quotient(table, codes):
    x, y = (sum(table[code][at] for code in codes) for at in (0, 1))
    everything = [sum(pair[at] for pair in table.values()) for at in (0, 1)]
    return (x / (x + y)) / (everything[0] / sum(everything)) if x else 0.0


@given(drawings, st.integers(0, 2**32))
def test_the_standing_is_what_measuring_each_outline_gives(drawn, seed):
    rng = np.random.default_rng(seed)
    table = {code: tuple(rng.integers(1, 1000, 2).tolist()) for code in GRID}
    near = neighbourhood(sorted(drawn), GRID, ["A"])
    area = jobs_of(table, ROW)
    (found,) = standings(
        near,
        jobs_of(table, near.fips),
        jobs_of(table, near.outside),
        {"A": Jobs(area.cluster.sum(axis=0)[None], area.rest.sum(axis=0)[None])},
        jobs_of({"US": tuple(sum(pair[at] for pair in table.values()) for at in (0, 1))}, ["US"]),
    )
    others = [quotient(table, ROW if c.area else made(drawn, c)) for c in near.changes]
    assert found.drawn == pytest.approx(quotient(table, drawn))
    assert found.nearby == len(others)
    assert found.best == pytest.approx(max(others))
    assert found.middle == pytest.approx(float(np.median(others)))
    assert found.area == pytest.approx(quotient(table, ROW))
    assert found.below == sum(one < found.drawn - 1e-12 for one in others)


def test_a_picked_outline_is_said_and_a_middling_one_not():
    """Nine strong counties of the grid taken whole: whatever is changed, the quotient falls."""
    strong = [f"{row}{column}" for row in range(3) for column in range(3)]
    table = dict.fromkeys(GRID, (1, 99)) | dict.fromkeys(strong, (900, 100))
    table["22"] = (899, 100)
    everything = jobs_of(
        {"US": tuple(sum(pair[at] for pair in table.values()) for at in (0, 1))}, ["US"]
    )
    for drawn, is_picked in ((strong, True), (("40", "41", "42"), False)):
        near = neighbourhood(drawn, GRID)
        swaps = [change for change in near.changes if change.dropped and change.added]
        (found,) = standings(
            near, jobs_of(table, near.fips), jobs_of(table, near.outside), {}, everything
        )
        assert found.nearby > len(swaps) > 0
        assert (found.below >= len(swaps)) is is_picked
        assert found.is_picked is (found.below >= 0.95 * found.nearby)
