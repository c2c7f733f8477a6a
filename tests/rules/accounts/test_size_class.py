"""Small or not: examples as a table, laws, and the table of the regulation as a file."""

from datetime import date
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from accounts.rules.organizations import head_of, parent_refusal
from accounts.rules.size_class import (
    BANDS,
    Figures,
    Measure,
    Size,
    SizeAnswer,
    Standard,
    dollars,
    size_of,
    statement_refusal,
)
from accounts.rules.size_table import TableLine, UnreadableTableError, read_size_table

SINCE = date(2023, 3, 17)
SHOPS = Standard("332710", Measure.EMPLOYEES, 500, "13 CFR 121.201", SINCE)
ENGINEERS = Standard("541330", Measure.RECEIPTS, 25_500_000, "13 CFR 121.201", SINCE)
LAWYERS = Standard("541110", Measure.RECEIPTS, 15_500_000, "13 CFR 121.201", SINCE)

EXAMPLES = """
shops      0          -               small
shops      499        -               small
shops      500        -               small
shops      501        -               other
shops      -          -               unknown
shops      -          up_to_1000000   unknown
engineers  -          up_to_1000000   small
engineers  -          up_to_25500000  small
engineers  -          up_to_30000000  other
engineers  -          above_47000000  other
engineers  9000       -               unknown
lawyers    -          up_to_12500000  small
lawyers    -          up_to_16000000  unknown
lawyers    -          up_to_19000000  other
"""
ROWS = {"shops": SHOPS, "engineers": ENGINEERS, "lawyers": LAWYERS}


@pytest.mark.parametrize("line", EXAMPLES.strip().splitlines())
def test_size_by_the_standard_of_the_industry(line):
    name, employees, band, size = line.split()
    figures = Figures(
        ROWS[name].naics,
        None if employees == "-" else int(employees),
        "" if band == "-" else band,
    )
    assert size_of(figures, ROWS[name]).size == size


@pytest.mark.parametrize(
    ("naics", "words"),
    [("", "no industry code"), ("3327", "six-digit codes"), ("999999", "no size standard for")],
)
def test_without_a_row_we_cannot_tell_and_say_why(naics, words):
    answer = size_of(Figures(naics, 10), None)
    assert answer.size is Size.UNKNOWN
    assert words in answer.sentence


def test_a_footnote_goes_to_a_person():
    noted = Standard("541330", Measure.RECEIPTS, 25_500_000, "13 CFR 121.201", SINCE, "Read it.")
    answer = size_of(Figures("541330", None, "up_to_1000000"), noted)
    assert answer.size is Size.UNKNOWN
    assert "Read it." in answer.sentence


def test_the_sentence_names_limit_source_and_day():
    sentence = size_of(Figures("541330", None, "up_to_1000000"), ENGINEERS).sentence
    assert "$25.5 million" in sentence
    assert "13 CFR 121.201, in force since March 17, 2023" in sentence


@given(st.integers(0, 10_000), st.integers(0, 10_000), st.integers(1, 10_000))
def test_more_employees_never_make_a_firm_small(fewer, more, limit):
    fewer, more = sorted((fewer, more))
    row = Standard("332710", Measure.EMPLOYEES, limit, "", SINCE)
    sizes = [size_of(Figures("332710", count), row).size for count in (fewer, more)]
    assert sizes != [Size.OTHER, Size.SMALL]


@given(st.sampled_from(sorted(BANDS)), st.integers(1, 60_000_000))
def test_a_band_answers_only_what_all_its_amounts_answer(code, limit):
    band = BANDS[code]
    row = Standard("541330", Measure.RECEIPTS, limit, "", SINCE)
    amounts = {band.low + 1, band.high if band.high is not None else 10**12}
    answers = {Size.SMALL if amount <= limit else Size.OTHER for amount in amounts}
    size = size_of(Figures("541330", None, code), row).size
    assert size == (answers.pop() if len(answers) == 1 else Size.UNKNOWN)


def test_bands_touch_and_cover_everything():
    found = list(BANDS.values())
    assert found[0].low == 0
    assert found[-1].high is None
    assert all(one.high == other.low for one, other in pairwise(found))


@pytest.mark.parametrize(
    ("stated", "size", "is_refused"),
    [
        ("small", Size.SMALL, False),
        ("small", Size.OTHER, True),
        ("other", Size.SMALL, True),
        ("small", Size.UNKNOWN, False),
        ("", Size.SMALL, False),
    ],
)
def test_a_statement_may_not_contradict_the_figures(stated, size, is_refused):
    assert bool(statement_refusal(stated, SizeAnswer(size, ""))) is is_refused


@pytest.mark.parametrize(
    ("amount", "words"),
    [(750_000, "$750,000"), (2_250_000, "$2.25 million"), (40_000_000, "$40 million")],
)
def test_dollars_in_words(amount, words):
    assert dollars(amount) == words


OFFICIAL = (
    "NAICS Codes,NAICS Industry Description,Size standards in millions of dollars,"
    "Size standards in number of employees,Footnotes\n"
    "Sector 54,Professional services,,,\n"
    "541330,Engineering Services,25.5,,\n"
    "541330_Except,Military and Aerospace Equipment,47.0,,\n"
    '541715,Research and Development,,"1,000",See footnote 11\n'
)


def test_the_official_sheet_is_read_and_exceptions_are_left_to_people():
    assert read_size_table(OFFICIAL) == [
        TableLine("541330", Measure.RECEIPTS, 25_500_000),
        TableLine("541715", Measure.EMPLOYEES, 1_000, "Read See footnote 11 of the table."),
    ]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "first line must name|holds no"),
        ("naics,measure,limit\n", "holds no size standard"),
        ("code,limit\n541330,3\n", "must name the columns"),
        ("naics,measure,limit\n5413,receipts,3\n", "not a six-digit"),
        ("naics,measure,limit\n541330,assets,3\n", "employees.*receipts"),
        ("naics,measure,limit\n541330,receipts,many\n", "not a number"),
        ("naics,measure,limit\n541330,receipts,NaN\n", "not a limit"),
        ("naics,measure,limit\n541330,receipts,-3\n", "not a limit"),
        ("naics,measure,limit\n541330,receipts,3\n541330,receipts,4\n", "stands there twice"),
    ],
)
def test_a_table_is_refused_whole_with_its_line(text, words):
    with pytest.raises(UnreadableTableError, match=words):
        read_size_table(text)


PARENTS = {2: 1, 3: 2, 5: 4}


def test_the_head_of_a_family_is_climbed_to():
    assert [head_of(one, PARENTS) for one in (1, 2, 3, 4, 5, 6)] == [1, 1, 1, 4, 4, 6]


@pytest.mark.parametrize(
    ("child", "parent", "code"),
    [(1, 1, "own_parent"), (1, 3, "family_circle"), (1, 2, "family_circle"), (1, 5, None)],
)
def test_families_have_no_circles(child, parent, code):
    refusal = parent_refusal(child, parent, PARENTS)
    assert (refusal.code if refusal else None) == code


@given(st.dictionaries(st.integers(0, 9), st.integers(0, 9)), st.integers(0, 9), st.integers(0, 9))
def test_climbing_ends_whatever_the_rows_say(parents, child, parent):
    head_of(child, parents)
    parent_refusal(child, parent, parents)


@given(st.lists(st.tuples(st.integers(0, 9), st.integers(0, 9)), max_size=30))
def test_only_allowed_ties_never_make_a_circle(ties):
    parents = {}
    for child, parent in ties:
        if parent_refusal(child, parent, parents) is None:
            parents[child] = parent
    for start in parents:
        seen, here = {start}, start
        while here in parents:
            here = parents[here]
            assert here not in seen
            seen.add(here)
