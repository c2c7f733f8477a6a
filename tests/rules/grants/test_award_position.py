"""The position of an award: figures, the sentence that follows, who carries the match, charts."""

import re
from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest

from accounts.rules.size_class import Size
from grants.rules.match.charts import Line, Segment, bar_svg, lines_svg
from grants.rules.match.equity import Giver, equity_of
from grants.rules.match.limits import Standing, Terms
from grants.rules.match.position import Promises, figures_of, headline, position_of
from grants.rules.terms import GiverClass, MatchPace

DAY = date(2026, 6, 1)


def terms(pace=MatchPace.PRO_RATA, share=Fraction(1, 2)):
    return Terms(Decimal(1000), share, 40, pace, date(2026, 1, 1), date(2026, 12, 31))


def position(award=None, day=DAY, **standing):
    now = Standing(**{name: Decimal(value) for name, value in standing.items()})
    promises = Promises(Decimal(900), Decimal(900), Decimal(500), now.cash + now.noncash)
    return position_of(award or terms(), now, promises, Decimal(1000), day)


@pytest.mark.parametrize(
    ("standing", "words"),
    [
        ({"cash": 300, "costs": 900}, "Up to $300.00 can be drawn today. Verify more match"),
        ({"cash": 900, "costs": 200}, "Up to $200.00 can be drawn today. Report more costs"),
        ({"cash": 1000, "costs": 2000, "drawn": 200}, "Up to $800.00 can be drawn today."),
        ({"cash": 300, "costs": 900, "drawn": 300}, "Nothing can be drawn today. Verify more"),
        ({"cash": 200, "costs": 900, "drawn": 300}, "$100.00 is owed back"),
        ({"cash": 1000, "costs": 1000, "drawn": 1000}, "The award is drawn in full."),
    ],
)
def test_the_sentence_says_what_follows(standing, words):
    assert headline(position(**standing)).startswith(words)


def test_behind_by_the_pace_of_the_notice():
    two_years = Terms(
        Decimal(1000), Fraction(1, 2), 40, MatchPace.YEARLY, date(2025, 1, 1), date(2026, 12, 31)
    )
    behind = position(two_years, cash=420, costs=900)
    assert behind.shortfall == 80
    assert headline(behind).startswith("Match is behind: $80.00")


def test_match_beyond_the_cap_is_shown_and_does_not_count():
    found = position(cash=100, noncash=700, costs=1000)
    assert (found.eligible, found.beyond_cap) == (500, 300)
    shown = {one.key: one.amount for one in figures_of(found)}
    assert shown["beyond_cap"] == 300
    assert shown["verified"] == shown["eligible"] + shown["beyond_cap"]
    assert found.unpromised == 100


def test_every_figure_has_a_name_and_a_meaning_of_its_own():
    figures = figures_of(position())
    assert len({one.key for one in figures}) == len({one.name for one in figures}) == len(figures)
    assert all(one.means.endswith(".") for one in figures)


def giver(name, size=Size.SMALL, kind=GiverClass.PRIVATE, **amounts):
    return Giver(name, kind, size, **{key: Decimal(one) for key, one in amounts.items()})


def test_equity_adds_up_to_all_verified_match():
    found = equity_of(
        [
            giver("A", promised=100, released=40, verified=30),
            giver("B", Size.OTHER, promised=100, verified=60),
            giver("C", Size.UNKNOWN, GiverClass.LOCAL, promised=50, verified=10),
            giver("D", Size.UNKNOWN, promised=50),
        ]
    )
    assert [(one.name, one.givers) for one in found.parts] == [
        ("Small firms", 1),
        ("Other firms", 1),
        ("Firms whose size we cannot tell", 1),
        ("Local governments", 1),
    ]
    assert sum(one.share for one in found.parts) == 1
    assert (found.largest.name, found.largest_share) == ("B", Fraction(3, 5))
    assert found.parts[0].released == 40


@pytest.mark.parametrize("givers", [[], [giver("A", promised=100)]])
def test_before_anything_is_verified_nobody_is_the_largest(givers):
    found = equity_of(givers)
    assert (found.largest, found.largest_share) == (None, 0)


def widths(drawing):
    return [Decimal(one) for one in re.findall(r'width="([\d.]+)"', drawing)]


def test_a_bar_draws_the_longest_first_and_never_leaves_its_frame():
    drawing = bar_svg(
        [Segment("a", "A", Decimal(10)), Segment("b", "B", Decimal(130))],
        Decimal(100),
        Decimal(120),
        "Bar",
    )
    ground, longest, short = widths(drawing)
    assert longest > ground > short
    assert longest <= 640
    assert "Required to date: $120.00" in drawing


def test_a_bar_of_nothing_is_drawn_too():
    assert widths(bar_svg([], Decimal(0), None, "Nothing")) == [0]


def test_names_in_a_drawing_are_words_and_never_markup():
    hostile = '"><script>'
    drawing = bar_svg([Segment("a", hostile, Decimal(1))], Decimal(1), None, hostile)
    lines = lines_svg([Line("a", hostile, [])], (DAY, DAY), Decimal(1), hostile)
    assert "<script>" not in drawing + lines


def test_lines_stay_inside_the_period_and_step_up():
    points = [(date(2025, 12, 1), Decimal(10)), (date(2027, 1, 1), Decimal(200))]
    drawing = lines_svg(
        [Line("line", "Match", points)],
        (date(2026, 1, 1), date(2026, 12, 31)),
        Decimal(100),
        "Match over time",
    )
    path = re.search(r' d="([^"]+)"', drawing)[1]
    assert path == "M70 184H70V167H630V14"
    assert "Jan 1, 2026" in drawing
    assert "$100<" in drawing
