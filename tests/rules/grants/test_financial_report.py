"""SF-425: the lines that follow from sums, their arithmetic, and what deserves a look."""

from datetime import date
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grants.rules.match.financial_report import (
    CASH_LINES,
    FORM,
    FormLine,
    Source,
    Sums,
    advice,
    broken_ties,
    differences,
    digest_of,
    form_lines,
    parts,
    read,
    written,
)
from grants.rules.match.limits import Standing, Terms, eligible_match, required_match
from grants.rules.terms import MatchPace

L = FormLine
MONEY = st.decimals(0, 10_000_000, places=2)
SHARES = st.fractions(Fraction(1, 10), 1, max_denominator=12)


def terms(federal=1_000_000, share=Fraction(1, 2), noncash=40):
    return Terms(
        Decimal(federal),
        share,
        noncash,
        MatchPace.PRO_RATA,
        date(2026, 1, 1),
        date(2027, 12, 31),
    )


def form(**sums):
    found = Sums(**{name: Decimal(str(value)) for name, value in sums.items()})
    return form_lines(terms(), found, has_advances=True)


def amounts(lines, letters):
    return [lines[L(f"10{letter}")] for letter in letters]


# The award of review.md 5 (F 1,000,000 at one half, other kinds than cash at most 40%), as its
# ledger moves: what stands in lines a to c, d to h, i to k.
STORY = """
moment                         received   costs pending    cash noncash |       a       b       c |       e       f       g       h |       j       k
accepted, nothing happened            0       0       0       0       0 |       0       0       0 |       0       0       0 1000000 |       0 1000000
180,000 cash, 150,000 drawn      150000  160000       0  180000       0 |  150000  160000  -10000 |  160000       0  160000  840000 |  180000  820000
550,000 in kind, cap 400,000     150000  160000  420000  180000  550000 |  150000  160000  -10000 |  160000  260000  420000  580000 |  580000  420000
80,000 of the cash disallowed    550000  420000  420000  100000  550000 |  550000  420000  130000 |  420000       0  420000  580000 |  500000  500000
more match than is required     1000000 1000000       0  900000  550000 | 1000000 1000000       0 | 1000000       0 1000000       0 | 1300000       0
"""  # noqa: E501 - a table is read by its columns


@pytest.mark.parametrize("row", STORY.strip().splitlines()[1:])
def test_lines_of_the_worked_award(row):
    given_, cash, spent, share = row.split("|")
    received, costs, pending, money, other = given_.split()[-5:]
    lines = form(
        received=received,
        costs=costs,
        pending=pending,
        cash=money,
        noncash=other,
        authorized=1_000_000,
    )
    assert amounts(lines, "abc") == [Decimal(one) for one in cash.split()]
    assert amounts(lines, "efgh") == [Decimal(one) for one in spent.split()]
    assert amounts(lines, "jk") == [Decimal(one) for one in share.split()]
    assert amounts(lines, "di") == [Decimal(1_000_000)] * 2
    assert amounts(lines, "lmno") == [Decimal(0)] * 4


@given(
    st.builds(Sums, MONEY, MONEY, MONEY, MONEY, MONEY, MONEY),
    MONEY.filter(bool),
    SHARES,
    st.integers(0, 100),
    st.booleans(),
)
def test_every_form_holds_its_own_sums(sums, federal, share, noncash, advances):
    award = terms(federal, share, noncash)
    lines = form_lines(award, sums, has_advances=advances)
    assert broken_ties(lines) == ()
    assert lines[L.G] + lines[L.H] == lines[L.D]
    assert lines[L.G] == max(sums.costs, sums.pending)
    assert lines[L.I] == required_match(award.federal, award.share)
    assert lines[L.J] == eligible_match(award, Standing(cash=sums.cash, noncash=sums.noncash))
    assert lines[L.J] <= sums.cash + sums.noncash
    assert lines[L.K] >= 0
    assert {line for line, one in lines.items() if one is None} == (
        set() if advances else CASH_LINES
    )


@given(
    st.builds(Sums, MONEY, MONEY, MONEY, MONEY, MONEY, MONEY),
    st.sampled_from(sorted({L.C, L.G, L.H, L.K, L.O})),
)
def test_a_line_off_by_a_cent_is_found(sums, line):
    lines = form_lines(terms(), sums, has_advances=True)
    assert len(broken_ties({**lines, line: lines[line] + Decimal("0.01")})) >= 1


@given(st.builds(Sums, MONEY, MONEY, MONEY, MONEY, MONEY, MONEY), st.booleans())
def test_what_is_written_is_read_back_to_the_cent(sums, advances):
    lines = form_lines(terms(), sums, has_advances=advances)
    assert read(written(lines)) == lines
    assert differences(read(written(lines)), lines) == ()


def test_lines_are_written_with_two_decimals_and_never_minus_nothing():
    lines = form_lines(terms(), Sums(costs=Decimal(5), authorized=Decimal(5)), has_advances=True)
    assert set(written(lines).values()) == {"0.00", "5.00", "-5.00", "1000000.00"}
    assert written(form_lines(terms(), Sums(), has_advances=False))["10a"] is None


def test_costs_waiting_count_only_beyond_what_is_certified():
    assert form(costs=300, pending=200)[L.F] == 0
    assert form(costs=300, pending=500)[L.F] == 200


def test_the_form_has_its_fifteen_lines_under_four_headings():
    assert [one.line for one in FORM] == list(FormLine)
    assert [name for name, _ in parts()] == [
        "Federal cash",
        "Federal expenditures and unobligated balance",
        "Recipient share",
        "Program income",
    ]
    made_of_lines = {one.line for one in FORM if one.source is Source.LINES}
    assert made_of_lines == {L.C, L.G, L.H, L.K, L.O}


@pytest.mark.parametrize(
    ("sums", "is_final", "words"),
    [
        ({"received": 10, "authorized": 10}, False, "$10.00 of federal cash is on hand"),
        ({"pending": 10, "authorized": 10}, True, "nothing in line 10f"),
        ({"cash": 1, "authorized": 10}, True, "$999,999.00 of match is missing"),
        ({"costs": 11, "authorized": 10}, False, "More is spent"),
    ],
)
def test_advice_before_signing(sums, is_final, words):
    found = advice(form(**sums), is_final=is_final)
    assert len([one for one in found if words in one]) == 1


def test_no_advice_where_nothing_is_odd():
    lines = form(received=10, costs=10, authorized=10, pending=10)
    assert advice(lines, is_final=False) == ()
    assert advice(form(cash=1_000_000, authorized=1), is_final=True) == ()


def test_differences_name_the_lines():
    assert differences(form(costs=5), form(costs=6)) == (L.B, L.C, L.E, L.G, L.H)


def test_a_changed_character_changes_the_digest():
    assert digest_of({"10a": "1.00"}) != digest_of({"10a": "1.01"})
    assert len(digest_of({})) == 64


def test_the_documents_say_how_every_line_is_made():
    docs = (Path(__file__).resolve().parents[3] / "docs" / "match-rules.md").read_text()
    for one in FORM:
        assert f"| {one.line.value} | {one.name} | {one.made} |" in docs
