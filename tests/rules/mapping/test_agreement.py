"""Adjusted Rand index: worked examples, and laws that hold for any two groupings."""

from __future__ import annotations

import doctest
import random
from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mapping.rules import agreement
from mapping.rules.agreement import adjusted_rand

ITEMS = "abcdefghij"
groupings = st.fixed_dictionaries({item: st.sampled_from("1234") for item in ITEMS})


def grouping(text: str) -> dict[str, str]:
    return dict(zip(ITEMS, text, strict=False))


@pytest.mark.parametrize(
    ("one", "other", "index"),
    [
        ("111222", "pppqqq", 1.0),
        ("111222", "112233", 8 / 33),
        ("112233", "123123", -0.25),
        ("1111", "1234", 0.0),
        ("1111", "1111", 1.0),
        ("1234", "4321", 1.0),
        ("1", "2", 1.0),
        ("", "", 1.0),
    ],
)
def test_worked_examples(one, other, index):
    assert adjusted_rand(grouping(one), grouping(other)) == pytest.approx(index)


def test_the_example_in_the_text_is_true():
    assert doctest.testmod(agreement).failed == 0


def by_pairs(one, other) -> float:
    """The same index by looking at every pair of items."""
    pairs = list(combinations(sorted(one), 2))
    first = [one[a] == one[b] for a, b in pairs]
    second = [other[a] == other[b] for a, b in pairs]
    both = sum(x and y for x, y in zip(first, second, strict=True))
    expected = sum(first) * sum(second) / len(pairs)
    most = (sum(first) + sum(second)) / 2
    return 1.0 if most == expected else (both - expected) / (most - expected)


@given(groupings, groupings)
def test_same_as_counting_pairs_symmetric_and_at_most_one(one, other):
    index = adjusted_rand(one, other)
    assert index == pytest.approx(by_pairs(one, other))
    assert index == adjusted_rand(other, one)
    assert index <= 1.0
    assert adjusted_rand(one, one) == 1.0


@given(groupings, groupings, st.permutations("1234"))
def test_names_of_groups_do_not_matter_and_only_shared_items_count(one, other, names):
    renamed = {item: names[int(group) - 1] for item, group in one.items()}
    assert adjusted_rand(renamed, other) == adjusted_rand(one, other)
    assert adjusted_rand(one | {"only here": "1"}, other) == adjusted_rand(one, other)


def test_chance_agrees_about_zero():
    draw = random.Random(3)  # noqa: S311 - a seeded test
    one = {str(item): draw.choice("12345") for item in range(3000)}
    other = {str(item): draw.choice("12345") for item in range(3000)}
    assert abs(adjusted_rand(one, other)) < 0.01
