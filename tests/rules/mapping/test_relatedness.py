"""Proximity, density and complexity against slow oracles, and the laws that hold for any table."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from mapping.rules.relatedness import advantages, complexity, density, proximity

TABLES = arrays(
    np.bool_,
    st.tuples(st.integers(1, 12), st.integers(1, 9)),
    elements=st.booleans(),
)


def slow_proximity(has):
    count = has.shape[1]
    found = np.zeros((count, count))
    for i in range(count):
        for j in range(count):
            one, other = set(np.flatnonzero(has[:, i])), set(np.flatnonzero(has[:, j]))
            if i != j and one and other:
                both = len(one & other)
                found[i, j] = min(both / len(one), both / len(other))
    return found


def slow_density(has, near):
    found = np.full(has.shape, np.nan)
    for place, industry in np.ndindex(*has.shape):
        around = sum(near[other, industry] for other in range(has.shape[1]))
        if around > 0:
            held = sum(near[o, industry] for o in range(has.shape[1]) if has[place, o])
            found[place, industry] = held / around
    return found


def slow_places(has):
    """The second eigenvector of the walk from place to place, as the paper has it."""
    diversity, ubiquity = has.sum(axis=1), has.sum(axis=0)
    walk = (has / diversity[:, None]) @ (has / ubiquity).T
    values, vectors = np.linalg.eig(walk)
    second = vectors[:, np.argsort(-values.real)[1]].real
    second = (second - second.mean()) / second.std()
    return second if np.corrcoef(second, diversity)[0, 1] >= 0 else -second


@given(TABLES)
def test_proximity_is_that_of_the_definition(has):
    near = proximity(has)
    assert np.allclose(near, slow_proximity(has))
    assert np.array_equal(near, near.T)
    assert ((near >= 0) & (near <= 1)).all()


@given(TABLES)
def test_density_is_the_share_of_what_is_near(has):
    near = proximity(has)
    shares = density(has, near)
    assert np.allclose(shares, slow_density(has, near), equal_nan=True)
    everything = density(np.ones_like(has), near)
    assert np.allclose(everything[~np.isnan(everything)], 1)


@pytest.mark.parametrize("shape", [(40, 12), (12, 40), (25, 25)])
def test_complexity_is_the_second_eigenvector_whichever_side_is_smaller(shape):
    chance = np.random.default_rng(sum(shape))
    has = chance.random(shape) < np.linspace(0.2, 0.9, shape[0])[:, None]
    has[:, 0] = has[0, :] = True  # everything hangs together
    found = complexity(has)
    assert np.allclose(found.places, slow_places(has), atol=1e-8)
    mean = np.array([found.places[has[:, i]].mean() for i in range(shape[1])])
    assert np.corrcoef(mean, found.industries)[0, 1] == pytest.approx(1)


def test_places_that_have_what_few_have_are_more_complex():
    nested = np.tril(np.ones((8, 8), dtype=bool))
    found = complexity(nested)
    assert (np.diff(found.places) > 0).all()
    assert (np.diff(found.industries) > 0).all()
    assert found.places.mean() == pytest.approx(0, abs=1e-12)
    assert found.places.std() == pytest.approx(1)


def test_what_nobody_has_and_who_has_nothing_get_no_figure():
    has = np.tril(np.ones((6, 6), dtype=bool))
    has[2, :], has[:, 4] = False, False
    found = complexity(has)
    assert np.flatnonzero(np.isnan(found.places)).tolist() == [2]
    assert np.flatnonzero(np.isnan(found.industries)).tolist() == [4]
    assert np.isnan(complexity(has[:2]).places).all()


@given(TABLES, st.randoms(use_true_random=False))
def test_the_order_of_places_changes_nothing(has, chance):
    order = list(range(len(has)))
    chance.shuffle(order)
    near = proximity(has)
    assert np.array_equal(proximity(has[order]), near)
    # The library adds in an order of its own: equal but for the last bit.
    assert np.allclose(density(has[order], near), density(has, near)[order], equal_nan=True)


def test_the_line_is_included():
    assert advantages(np.array([[0.99, 1.0, 1.01]])).tolist() == [[False, True, True]]
