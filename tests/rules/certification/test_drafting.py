"""What is kept of an answer, and when two people's texts differ."""

from hypothesis import given
from hypothesis import strategies as st

from certification.rules.application_form import BY_ID
from certification.rules.drafting import as_field, cleaned, differences

CLUSTER, STATEMENTS = BY_ID["cluster"], BY_ID["statements"]


def test_line_ends_are_one_kind_and_nothing_is_trimmed():
    kept = cleaned(CLUSTER, {"summary": "  one\r\ntwo\rthree\n ", "unknown": "x"})
    assert kept == {"summary": "  one\ntwo\nthree\n ", "belonging": "", "beyond_data": ""}


def test_a_statement_is_made_or_not():
    kept = cleaned(STATEMENTS, {"antitrust": True, "collective": "on"})
    assert kept == {"open_admission": False, "antitrust": True, "collective": False}
    assert [as_field(value) for value in kept.values()] == ["", "on", ""]


@given(st.text(), st.text())
def test_texts_differ_exactly_when_they_differ(mine, theirs):
    one, other = cleaned(CLUSTER, {"summary": mine}), cleaned(CLUSTER, {"summary": theirs})
    found = [difference.question.id for difference in differences(CLUSTER, one, other)]
    assert found == (["summary"] if one != other else [])


@given(st.text())
def test_cleaning_twice_changes_nothing(text):
    once = cleaned(CLUSTER, {"summary": text})
    assert cleaned(CLUSTER, once) == once
