"""Figures are shown so that they never seem to contradict the verdict."""

from fractions import Fraction

import pytest

from certification.rules import wording

SHOWN = """
1.5       1.50
3/2       1.50
1.005     1.01
1.0049    1.00
12345.678 12,345.68
0         0.00
"""


@pytest.mark.parametrize("line", SHOWN.strip().splitlines())
def test_decimal_text_rounds_the_exact_figure_half_up(line):
    figure, shown = line.split()
    assert wording.decimal_text(Fraction(figure)) == shown


def test_a_figure_just_short_of_its_line_is_not_shown_as_equal():
    line = Fraction("1.5")
    assert wording.decimal_text(Fraction("1.4999"), against=line) == "1.4999"
    assert wording.decimal_text(line, against=line) == "1.50"
    assert wording.percent_text(Fraction("0.2999"), against=Fraction("0.3")) == "29.99%"


def test_counts_and_lists_read_like_sentences():
    assert wording.counted(1, "supplier") == "one supplier"
    assert wording.counted(3, "university", "universities") == "three universities"
    assert wording.counted(23, "firm") == "23 firms"
    assert wording.listed(["Ohio"]) == "Ohio"
    assert wording.listed(["Ohio", "Iowa", "Utah"]) == "Ohio, Iowa and Utah"
