"""Name keys and skeletons: examples and laws."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from accounts.queries.look_of_names import confusable_table, skeleton_of
from accounts.rules.names import LONGEST, name_key, skeleton

# Cyrillic letters that are taken for Latin ones, as the published table lists them.
CYRILLIC = {"\u0410": "A", "\u0430": "a", "\u0441": "c", "\u043e": "o", "\u0435": "e"}
TEXTS = st.text(max_size=60)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("ACME Tools, Inc.", "Acme Tools LLC"),
        ("\u0410\u0441m\u0435 T\u043e\u043els", "Acme Tools"),
        ("Corner Glass", "Comer Glass"),
        ("G1ass Works", "Glass Works"),
        ("\uff2biln", "Kiln"),
        ("Café Co", "Cafe"),
        ("Ac\u200bme", "Acme"),
        ("\u202eAcme\u202c", "Acme"),
    ],
)
def test_names_that_look_alike_have_one_skeleton(one, other):
    assert skeleton(one, CYRILLIC) == skeleton(other, CYRILLIC)


def test_different_names_differ():
    assert skeleton("Maumee Glass", {}) != skeleton("Maumee Class", {})


def test_the_published_table_knows_cyrillic_and_greek():
    assert skeleton_of("\u0410\u0441me") == skeleton_of("Acme")
    assert skeleton_of("\u0397elix") == skeleton_of("Helix")


@pytest.mark.parametrize("name", ["", " ", "\u200b", "\u202e\u2066", "\x00", "\ufdd0"])
def test_names_without_a_readable_character_have_no_key(name):
    assert name_key(name) == ""


@pytest.mark.parametrize("name", ["The Co", "Inc.", "!!!", "\u5de5\u696d\u682a\u5f0f", "\u0301"])
def test_every_readable_name_has_a_skeleton(name):
    assert bool(skeleton_of(name)) == bool(name_key(name))


@given(TEXTS)
def test_a_key_is_its_own_key(name):
    assert name_key(name_key(name)) == name_key(name)


@given(TEXTS)
def test_a_skeleton_is_its_own_skeleton(name):
    once = skeleton_of(name)
    assert skeleton(once, confusable_table()) == once


@given(TEXTS)
def test_case_width_and_blanks_fold(name):
    assert name_key(name_key(name).upper()) == name_key(name_key(name_key(name).upper()))
    assert name_key(f"  {name}\t") == name_key(name)
    assert name_key(unicodedata.normalize("NFKD", name)) == name_key(name)


@given(st.text(alphabet="\ufdfa\u3300A ", max_size=200))
def test_keys_fit_their_column_however_they_unfold(name):
    assert len(name_key(name)) <= LONGEST
    assert len(skeleton_of(name)) <= LONGEST


@given(TEXTS)
def test_keys_are_normalized_and_hold_one_blank_at_a_time(name):
    key = name_key(name)
    assert unicodedata.is_normalized("NFKC", key)
    assert key == " ".join(key.split())
