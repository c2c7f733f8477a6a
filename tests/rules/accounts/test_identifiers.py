"""UEI and EIN: the published shapes, and what is said about each miss."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from accounts.rules.identifiers import (
    EIN_PREFIXES,
    NINE_DIGITS,
    UEI_PATTERN,
    ein_as_kept,
    ein_hidden,
    ein_refusal,
    uei_as_kept,
    uei_refusal,
)


@pytest.mark.parametrize("uei", ["JF4K9Q2M7XA1", "YNDUZMUZF8H8", "A2345678BC12", ""])
def test_well_formed_ueis_pass(uei):
    assert uei_refusal(uei) is None


@pytest.mark.parametrize(
    ("uei", "words"),
    [
        ("JF4K9Q2M7XA", "this one has 11"),
        ("JF4K9Q2M7XA12", "this one has 13"),
        ("JF4K-Q2M7XA1", "only the letters A to Z"),
        ("JF4K9Q2M7XA\u0661", "only the letters A to Z"),
        ("JF4K9Q2M7XAO", "letters O and I"),
        ("IF4K9Q2M7XA1", "letters O and I"),
        ("0F4K9Q2M7XA1", "never begins with zero"),
        ("A123456789BC", "nine digits in a row"),
        ("jf4k9q2m7xa1", "capital letters"),
    ],
)
def test_malformed_ueis_are_told_why(uei, words):
    assert words in uei_refusal(uei).sentence


@given(st.text(alphabet="ABHIJNOPZ0123456789", min_size=12, max_size=12))
def test_the_rule_and_the_pattern_of_the_database_agree(uei):
    fits = bool(re.fullmatch(UEI_PATTERN, uei)) and not re.search(NINE_DIGITS, uei)
    assert (uei_refusal(uei) is None) is fits


@given(st.text(max_size=20))
def test_keeping_twice_is_keeping_once(typed):
    assert uei_as_kept(uei_as_kept(typed)) == uei_as_kept(typed)
    assert ein_as_kept(ein_as_kept(typed)) == ein_as_kept(typed)


@pytest.mark.parametrize("typed", ["34-1234567", "341234567", " 34-1234567 "])
def test_eins_are_kept_without_the_hyphen(typed):
    assert ein_as_kept(typed) == "341234567"
    assert ein_refusal(ein_as_kept(typed)) is None


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("34-123456", "nine digits"),
        ("3-41234567", "nine digits"),
        ("\u0663\u0664-1234567", "nine digits"),
        ("07-1234567", "No EIN begins with 07"),
        ("00-1234567", "No EIN begins with 00"),
        ("123-45-6789", "Social Security number"),
        ("123 45 6789", "Social Security number"),
    ],
)
def test_malformed_eins_are_told_why(typed, words):
    assert words in ein_refusal(ein_as_kept(typed)).sentence


def test_a_sole_proprietors_number_is_never_kept():
    assert ein_refusal("341234567", is_sole_proprietor=True).code == "ein_of_sole_proprietor"
    assert ein_refusal("", is_sole_proprietor=True) is None


def test_only_the_last_four_digits_are_shown():
    assert ein_hidden("341234567") == "••-•••4567"
    assert ein_hidden("") == ""


def test_prefixes_are_two_digits_and_the_unused_ones_are_missing():
    assert all(re.fullmatch(r"\d{2}", one) for one in EIN_PREFIXES)
    unused = {"00", "07", "08", "09", "17", "18", "19", "28", "29", "49"}
    assert not EIN_PREFIXES & (unused | {"69", "70", "78", "79", "89", "96", "97"})
