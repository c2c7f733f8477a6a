"""The quotient's bounds are sharp and hold for everything between the spans."""

from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from mapping.rules.bounds import Bounds
from mapping.rules.quotient_arrays import Spans, quotient_spans
from mapping.rules.quotients import Place, Span, quotient, quotient_bounds, share_bounds

counts = st.integers(0, 60)


@st.composite
def spans(draw):
    low, middle, high = sorted(draw(st.tuples(counts, counts, counts)))
    return Span(low, middle, high)


places = st.builds(Place, spans(), spans())


def test_quotient_of_the_textbook_example():
    # 200 of 1,000 jobs here, 500 of 10,000 in the nation: four times the national share.
    assert quotient(200, 800, 300, 8_700) == 4


@pytest.mark.parametrize(("x", "y", "a", "b"), [(0, 5, 5, 5), (0, 0, 0, 0), (0, 0, 3, 4)])
def test_quotient_of_nothing_is_zero(x, y, a, b):
    assert quotient(x, y, a, b) == 0


@given(places, places, st.data())
def test_bounds_contain_every_reading_of_the_spans(here, there, data):
    def inside(span):
        return data.draw(st.integers(span.certain, span.high))

    low, value, high = quotient_bounds(here, there)
    reading = quotient(
        inside(here.cluster), inside(here.rest), inside(there.cluster), inside(there.rest)
    )
    assert low <= value <= high
    assert low <= reading <= high


@given(places, places)
def test_greatest_quotient_is_reached(here, there):
    _, _, high = quotient_bounds(here, there)
    y, a, b = here.rest.certain, there.cluster.certain, there.rest.high
    readings = [quotient(x, y, a, b) for x in range(here.cluster.certain, here.cluster.high + 1)]
    value = quotient(here.cluster.value, here.rest.value, there.cluster.value, there.rest.value)
    assert high == max(*readings, value, Fraction(0))


@given(places, places)
def test_arrays_agree_with_exact_fractions(here, there):
    def as_array(span):
        return Spans.of(*(np.array([n]) for n in (span.certain, span.value, span.high)))

    exact = quotient_bounds(here, there)
    found = quotient_spans(
        *(as_array(s) for s in (here.cluster, here.rest, there.cluster, there.rest))
    )
    assert np.isclose(found.value[0], float(exact[1]), rtol=1e-12)
    assert np.isclose(found.certain[0], float(exact[0]), rtol=1e-12)
    # The float maximum may lie between two whole numbers of jobs.
    assert found.high[0] >= float(exact[2]) * (1 - 1e-12)


@given(spans(), spans())
def test_shares_stay_between_nought_and_one(part, rest):
    low, value, high = share_bounds(part, rest)
    assert 0 <= low <= value <= high <= 1


@given(st.lists(st.tuples(st.integers(1, 50), st.integers(1, 500)), min_size=2, max_size=8))
def test_weighted_mean_of_all_regions_is_one(regions):
    total_x, total_y = sum(x for x, _ in regions), sum(y for _, y in regions)
    base = total_x + total_y
    mean = sum(Fraction(x + y, base) * quotient(x, y, total_x - x, total_y - y) for x, y in regions)
    assert mean == 1


def test_bounds_refuse_a_wrong_order_and_keep_exact_texts():
    with pytest.raises(ValueError, match="not in order"):
        Bounds.of(3, 2, 4)
    bounds = Bounds.of("1/3", "1/2", 2)
    assert Bounds.from_texts(bounds.as_texts()) == bounds
    assert bounds.contains(1)
    assert not bounds.is_exact
