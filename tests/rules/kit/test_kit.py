"""The tool box keeps its laws."""

from datetime import date
from enum import StrEnum

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kit.money import parse_money
from kit.periods import Period, add_business_days, add_years, fiscal_year
from kit.references import ALPHABET, is_reference, new_reference
from kit.refusals import Refused
from kit.states import Machine, Transition


class Light(StrEnum):
    RED = "red"
    GREEN = "green"


LIGHT = Machine(
    name="light",
    initial=Light.RED,
    transitions=(Transition("go", frozenset({Light.RED}), Light.GREEN, "Go"),),
    labels={Light.RED: "Red", Light.GREEN: "Green"},
)


def test_a_machine_moves_and_refuses():
    assert LIGHT.move(Light.RED, "go") is Light.GREEN
    with pytest.raises(Refused) as caught:
        LIGHT.move(Light.GREEN, "go")
    assert caught.value.refusal.code == "illegal_transition"


def test_a_machine_refuses_a_verb_listed_twice():
    row = LIGHT.transitions[0]
    with pytest.raises(ValueError, match="listed twice"):
        Machine("light", Light.RED, (row, row), LIGHT.labels)


def test_a_machine_refuses_a_state_without_a_label():
    with pytest.raises(ValueError, match="no label"):
        Machine("light", Light.RED, LIGHT.transitions, {Light.RED: "Red"})


@given(st.integers(0, 7), st.sampled_from(ALPHABET))
def test_one_wrong_character_is_always_caught(place, character):
    reference = new_reference("CG")
    body = list(reference[3:7] + reference[8:12])
    if body[place] == character:
        return
    body[place] = character
    wrong = f"CG-{''.join(body[:4])}-{''.join(body[4:])}-{reference[-1]}"
    assert not is_reference(wrong)


@pytest.mark.parametrize("prefix", ["CG", "DA", "JB"])
def test_new_references_are_references(prefix):
    assert is_reference(new_reference(prefix))


@pytest.mark.parametrize("text", ["", "CG", "CG-0000-0000", "cg-0000-0000-0", "CG-OOOO-0000-0"])
def test_nonsense_is_no_reference(text):
    assert not is_reference(text)


@pytest.mark.parametrize(
    "text",
    ["1e3", "1_000", "-0", "-1", "٣", "1.234", "1.2", "", "NaN", "1,00", "१००", "1 000", "+5"],
)
def test_money_refuses(text):
    with pytest.raises(Refused):
        parse_money(text)


@given(st.decimals(0, 10**11, places=2))
def test_money_reads_what_it_writes(amount):
    assert parse_money(f"{amount:,.2f}") == amount


def test_business_days_skip_weekends_and_holidays():
    friday = date(2026, 7, 31)
    assert add_business_days(friday, 1) == date(2026, 8, 3)
    assert add_business_days(friday, 1, {date(2026, 8, 3)}) == date(2026, 8, 4)


def test_a_period_is_half_open():
    year = Period(date(2026, 1, 1), date(2027, 1, 1))
    assert year.holds(date(2026, 12, 31))
    assert not year.holds(date(2027, 1, 1))
    with pytest.raises(ValueError, match="ends after"):
        Period(date(2026, 1, 1), date(2026, 1, 1))


def test_years_and_fiscal_years():
    assert add_years(date(2024, 2, 29), 4) == date(2028, 2, 29)
    assert fiscal_year(date(2026, 9, 30)) == 2026
