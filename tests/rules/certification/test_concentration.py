"""C1 on readable examples, and its laws."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from certification.rules.concentration import concentration, concentration_notes
from certification.rules.results import RANKING, Outcome
from certification.rules.rulebook_v1 import rulebook_v1
from mapping.rules.bounds import Bounds
from mapping.rules.terms import Band
from tests.rules.certification.facts import concentration_facts, reading

RULES = rulebook_v1()

# band    lq              top quarter   outcome    why
SHARE_OF_JOBS = """
small     1.50            9             pass       the line of a small region, inclusive
small     1.49            9             near
small     1.35            9             near       exactly 0.9 of the line
small     1.34            9             fail
medium    1.30            9             pass
large     1.20            9             pass
large     1.19            9             near
small     1.20            1.20          pass       among the top quarter
small     1.19            1.20          near
small     1.00            0.90          near       the quarter is reached, but one is not exceeded
small     1.01            0.90          pass       more than one and among the top quarter
small     0.89            0.50          fail
small     1.40/1.45/1.60  9             unknown    the bounds straddle the line
small     1.10/1.15/1.25  1.20          unknown
small     1.50/1.60/1.70  9             pass
small     1.10/1.20/1.36  9             near
small     1.49            -             near       no region to compare with
"""

# jobs         share of nation   outcome
SIZE = """
500            0.0001            pass
499            0.0001            near
450            0.0001            near
449            0.0001            fail
100            0.005             pass
100            0.0046            near
100/100/600    0.0001            unknown
100            0.001/0.001/0.006 unknown
"""


def result(test_id, **changes):
    results = concentration(concentration_facts(**changes), RULES)
    return next(one for one in results if one.id == test_id)


@pytest.mark.parametrize("line", SHARE_OF_JOBS.strip().splitlines())
def test_share_of_jobs_follows_the_table(line):
    band, lq, quarter, outcome = line.split()[:4]
    found = result(
        "C1.concentration",
        band=Band(band),
        lq=reading(lq),
        top_quarter_lq=None if quarter == "-" else Fraction(quarter),
    )
    assert found.outcome == outcome


@pytest.mark.parametrize("line", SIZE.strip().splitlines())
def test_size_follows_the_table(line):
    jobs, share, outcome = line.split()
    found = result("C1.size", employment=reading(jobs), share_of_nation=reading(share))
    assert found.outcome == outcome


def test_the_sentence_explains_the_quotient_before_anything_else():
    found = result("C1.concentration", lq=reading("3.1"))
    assert found.sentence.startswith(
        "Elkhart has 3.10 times the national share of jobs in Recreational vehicles."
    )
    assert found.gap == ""


def test_a_top_quarter_below_one_is_not_held_against_anybody():
    found = result("C1.concentration", lq=reading("0.5"), top_quarter_lq=Fraction(0))
    assert "or more than 1.00, which puts it in the top quarter of small regions." in found.sentence


def test_unknown_is_said_in_words_with_a_way_to_settle_it():
    found = result("C1.concentration", lq=reading("1.4/1.45/1.6"), top_quarter_lq=None)
    assert "We cannot tell from the published data" in found.sentence
    assert "between 1.40 and 1.60" in found.sentence
    assert found.gap.startswith("Add evidence")


def test_a_near_miss_names_the_jobs_that_are_missing():
    found = result(
        "C1.concentration", lq=reading("1.4"), employment=reading("700"), top_quarter_lq=None
    )
    assert found.gap.startswith("About 50 more jobs in the cluster would be enough.")


def test_few_places_of_work_are_a_note_and_never_a_test():
    few = concentration_facts(establishments=9)
    assert [note.id for note in concentration_notes(few, RULES)] == ["C1.few_establishments"]
    assert concentration_notes(concentration_facts(establishments=10), RULES) == ()
    assert len(concentration(few, RULES)) == 2


quotients = st.fractions(min_value=0, max_value=6, max_denominator=40)
bands = st.sampled_from(Band)


@st.composite
def uncertain(draw):
    return Bounds(*sorted(draw(st.tuples(quotients, quotients, quotients))))


@given(uncertain(), quotients, quotients, bands)
def test_a_higher_share_of_jobs_never_judges_worse(lq, step, quarter, band):
    higher = Bounds(lq.low + step, lq.value + step, lq.high + step)
    before = result("C1.concentration", lq=lq, band=band, top_quarter_lq=quarter).outcome
    after = result("C1.concentration", lq=higher, band=band, top_quarter_lq=quarter).outcome
    assert RANKING.index(after) >= RANKING.index(before)


@given(uncertain(), quotients, bands)
def test_two_ways_to_pass_equal_the_lower_of_two_lines(lq, quarter, band):
    """An oracle of its own: pass exactly when the low bound clears either way."""
    line = {Band.SMALL: Fraction(3, 2), Band.MEDIUM: Fraction(13, 10), Band.LARGE: Fraction(6, 5)}
    clears = lq.low >= line[band] or (lq.low > 1 and lq.low >= quarter)
    might = lq.high >= line[band] or (lq.high > 1 and lq.high >= quarter)
    found = result("C1.concentration", lq=lq, band=band, top_quarter_lq=quarter).outcome
    assert (found is Outcome.PASS) == clears
    assert (found is Outcome.UNKNOWN) == (might and not clears)
