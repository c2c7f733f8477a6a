"""Weighted scores, the order, the line: examples by hand, and laws."""

from __future__ import annotations

import doctest
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from grants.rules import debrief, draw, line, neutrality, pools, ranking, weighted
from grants.rules.line import Band, LineTerms, bands, meets, order_of_funding
from grants.rules.ranking import LOT, OrderRule, lot_key, rank_proposals
from grants.rules.terms import LineRule, RankingRule, TieRule
from grants.rules.weighted import Sheet, Weight, weighted_score
from kit.refusals import Refused

WEIGHTS = (Weight("need", "Need", 40), Weight("part", "Participation", 35), Weight("c", "C", 25))
RAW = OrderRule(RankingRule.RAW, TieRule.MERIT_CRITERION, "seed")
ROWS = """
A r 7 5 8
A s 6 6 7
B r 9 8 9
B s 8 8 8
C r 6 7 6
C s 7 4 8
"""


def sheets_of(text):
    found = []
    for row in text.strip().splitlines():
        proposal, reviewer, *values = row.split()
        named = zip((one.key for one in WEIGHTS), map(int, values), strict=True)
        found.append(Sheet(proposal, reviewer, dict(named)))
    return found


@pytest.mark.parametrize(
    "module", [weighted, ranking, line, draw, pools, debrief, neutrality], ids=lambda m: m.__name__
)
def test_examples_of_the_docstrings(module):
    assert doctest.testmod(module).failed == 0


def test_worked_example():
    # A: r 0.40*7 + 0.35*5 + 0.25*8 = 6.55, s 2.4 + 2.1 + 1.75 = 6.25; mean 6.40
    standings = rank_proposals(sheets_of(ROWS), WEIGHTS, RAW).standings
    said = {one.proposal: Decimal(one.mean.numerator) / one.mean.denominator for one in standings}
    assert said == {"B": Decimal("8.325"), "A": Decimal("6.4"), "C": Decimal("6.275")}
    assert list(said) == ["B", "A", "C"]
    best = standings[0]
    assert (best.lowest, best.highest, best.reviews) == (8, Fraction(865, 100), 2)


@pytest.mark.parametrize(
    ("weights", "values", "code"),
    [
        (WEIGHTS[:2], {"need": 1, "part": 1}, "weights_not_whole"),
        (WEIGHTS, {"need": 1, "part": 1}, "criterion_missing"),
    ],
)
def test_weighted_score_refuses_what_it_cannot_mean(weights, values, code):
    with pytest.raises(Refused) as caught:
        weighted_score(values, weights)
    assert caught.value.refusal.code == code


def test_heaviest_criterion_breaks_a_tie_then_the_lot():
    tied = sheets_of("A r 5 5 5\nB r 6 4 4\nC r 5 5 5\nD r 1 1 1")
    # B: 2.4 + 1.4 + 1.0 = 4.8: not tied. A and C are equal on everything.
    found = rank_proposals(tied, WEIGHTS, RAW).standings
    first = sorted("AC", key=lambda name: lot_key("seed", name))
    assert [one.proposal for one in found] == [*first, "B", "D"]
    assert [one.tie_broken_by for one in found] == [LOT, LOT, "", ""]


def test_lot_alone_where_the_notice_says_so():
    rule = OrderRule(RankingRule.RAW, TieRule.LOT, "other")
    same = sheets_of("A r 9 1 1\nB r 1 9 5\nC r 5 5 5")
    values = {one.proposal: weighted_score(one.values, WEIGHTS) for one in same}
    found = [one.proposal for one in rank_proposals(same, WEIGHTS, rule).standings]
    assert found == sorted(values, key=lambda name: (-values[name], lot_key("other", name)))


def test_shut_gate_never_breaks_a_tie():
    """Reviewers who hardly differ: the calibrated rule keeps raw means and their ties."""
    rule = OrderRule(RankingRule.CALIBRATED, TieRule.MERIT_CRITERION, "seed")
    rows = sheets_of("A r 6 5 5\nA s 5 6 5\nB r 5 6 5\nB s 6 5 5\nC r 4 4 4\nC s 4 4 4")
    found = rank_proposals(rows, WEIGHTS, rule)
    assert not found.is_adjusted
    a, b = found.of("A"), found.of("B")
    assert a.score == a.mean == b.score
    assert {a.tie_broken_by, b.tie_broken_by} == {LOT}


def test_disconnected_reviews_are_refused_where_they_would_be_compared():
    apart = sheets_of("A r 5 5 5\nB s 6 6 6")
    assert [one.proposal for one in rank_proposals(apart, WEIGHTS, RAW).standings] == ["B", "A"]
    for rule in (RankingRule.TWO_WAY, RankingRule.CALIBRATED):
        with pytest.raises(Refused) as caught:
            rank_proposals(apart, WEIGHTS, OrderRule(rule, TieRule.LOT, "seed"))
        assert caught.value.refusal.code == "disconnected_reviews"


@st.composite
def panels(draw_):
    proposals = draw_(st.integers(1, 8))
    reviewers = draw_(st.integers(1, 4))
    value = st.integers(1, 9)
    return [
        Sheet(f"p{p}", f"r{r}", {one.key: draw_(value) for one in WEIGHTS})
        for p in range(proposals)
        for r in range(reviewers)
    ]


@given(panels(), st.sampled_from(list(RankingRule)), st.sampled_from(list(TieRule)), st.randoms())
@settings(deadline=None, max_examples=60)
def test_laws_of_the_order(sheets, rule, tie, chance):
    asked = OrderRule(rule, tie, "seed")
    found = rank_proposals(sheets, WEIGHTS, asked)
    shuffled = list(sheets)
    chance.shuffle(shuffled)
    assert rank_proposals(shuffled, WEIGHTS, asked) == found
    standings = found.standings
    assert [one.rank for one in standings] == list(range(1, len(standings) + 1))
    scores = [one.score for one in standings]
    assert scores == sorted(scores, reverse=True)
    for one in standings:
        assert one.lowest <= one.mean <= one.highest
        tied = sum(other.score == one.score for other in standings) > 1
        assert bool(one.tie_broken_by) is tied
        if not found.is_adjusted:
            assert one.score == one.mean


@given(st.dictionaries(st.sampled_from(["need", "part", "c"]), st.integers(1, 9), min_size=3))
def test_weighted_score_lies_between_the_extremes_and_is_exact(values):
    score = weighted_score(values, WEIGHTS)
    assert min(values.values()) <= score <= max(values.values())
    assert 100 % score.denominator == 0


STANDINGS = rank_proposals(sheets_of(ROWS), WEIGHTS, RAW).standings
BAND_ROWS = [
    (LineTerms(LineRule.RANK), {}, {"B"}, "fund out out"),
    (LineTerms(LineRule.DRAW), {"B": 0.9, "A": 0.5, "C": 0.1}, {"B"}, "fund zone out"),
    (LineTerms(LineRule.DISCUSSION), {}, {"B"}, "zone zone zone"),
    (LineTerms(LineRule.DRAW, Decimal("6.40")), {"B": 1, "A": 1, "C": 1}, {"B"}, "fund fund below"),
]


@pytest.mark.parametrize(("terms", "chances", "reached", "said"), BAND_ROWS)
def test_bands(terms, chances, reached, said):
    held = bands(STANDINGS, terms, chances=chances, reached=reached)
    assert [held[one.proposal].value for one in STANDINGS] == said.split()


def test_threshold_is_met_exactly():
    assert meets(STANDINGS[1], Decimal("6.40"))
    assert not meets(STANDINGS[1], Decimal("6.41"))


def test_zone_follows_the_draw_and_nobody_below_the_threshold_is_offered_money():
    held = {"B": Band.ZONE, "A": Band.ZONE, "C": Band.BELOW}
    assert order_of_funding(STANDINGS, held) == ("B", "A")
    assert order_of_funding(STANDINGS, held, drawn=("A", "B")) == ("A", "B")
