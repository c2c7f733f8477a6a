"""Cells of downloads: nothing that a person typed is ever a formula."""

import csv
import io
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from records.exports.as_csv import csv_lines
from records.rules.cells import clean, csv_cell, guarded, is_formula_like, json_cell
from records.rules.tables import safe_stem

FORMULAS = [
    "=1+1",
    "+1",
    "-1",
    "@SUM(A1)",
    "\t=1",
    "\r=1",
    "\n=1",
    "\0=1",
    " =1",
    "\u00a0=1",
    "\u3000=1",
    "\u200b=1",
    "\ufeff=1",
    "\u202e=1",
    "\uff1d1+1",
    "\uff0b1",
    "\uff0d1",
    "\uff20SUM(A1)",
    " \uff1dcmd|' /C calc'!A0",
]


@pytest.mark.parametrize("text", FORMULAS, ids=ascii)
def test_a_formula_is_guarded(text):
    assert is_formula_like(text)
    assert str(guarded(text)).startswith("'")


@pytest.mark.parametrize("text", ["", " ", "Maumee Glass", "a=1", "3-D printing", "5 % more"])
def test_plain_words_stay_as_they_are(text):
    assert guarded(text) == text


@given(st.text())
def test_a_guarded_text_is_no_formula(text):
    assert not is_formula_like(str(guarded(text)))


def test_numbers_stay_numbers():
    assert guarded(-5) == -5
    assert csv_cell(Decimal("-0.10")) == "-0.10"
    assert csv_cell(Decimal("1E+3")) == "1000"


def test_days_moments_and_answers_have_one_form():
    moment = datetime(2026, 3, 3, 21, 59, 59, 999, tzinfo=UTC)
    assert csv_cell(moment) == json_cell(moment) == "2026-03-03T21:59:59Z"
    assert csv_cell(date(2026, 3, 3)) == "2026-03-03"
    assert (csv_cell(True), csv_cell(None), json_cell(None)) == ("true", "", None)
    assert json_cell(Decimal("12.50")) == "12.50"


def test_what_no_file_may_hold_gets_a_mark():
    assert clean("a\0b\x07c\ud800d\ufffee") == "a\ufffdb\ufffdc\ufffdd\ufffde"
    assert clean("line\nline\tÜber 北京") == "line\nline\tÜber 北京"


def test_lines_end_as_rfc_4180_says_and_carry_no_mark():
    text = "".join(csv_lines(["a", "b"], [('say "hi", all', "two\nlines")]))
    assert text == 'a,b\r\n"say ""hi"", all","two\nlines"\r\n'


@given(st.lists(st.tuples(st.text(), st.text()), max_size=5))
def test_a_file_reads_back_cell_by_cell(rows):
    text = "".join(csv_lines(["a", "b"], rows))
    read = list(csv.reader(io.StringIO(text, newline="")))[1:]
    assert read == [[str(guarded(cell)) for cell in row] for row in rows]


STEMS = """
../../etc/passwd          etc-passwd
register-2026-03-03       register-2026-03-03
Zürich: Uhren "AG"        Zurich-Uhren-AG
CON                       file-CON
nul.csv                   file-nul.csv
北京                      file
.hidden                   hidden
a/b\\c                    a-b-c
"""


@pytest.mark.parametrize("line", STEMS.strip().splitlines())
def test_a_file_name_is_safe_everywhere(line):
    text, stem = line.rsplit(maxsplit=1)
    assert safe_stem(text.strip()) == stem


@given(st.text())
def test_no_file_name_leaves_its_folder_or_breaks_a_header(text):
    stem = safe_stem(text)
    assert stem
    assert len(stem) <= 110
    assert not set(stem) & set('/\\:"\r\n;\u202e')
    assert not stem.startswith(".")
