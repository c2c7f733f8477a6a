"""The order of proposals by the rule that the notice fixed.

Raw means and gate-shut calibrations are compared as exact fractions, so that a tie is a tie and
not a matter of the fifteenth digit. Adjusted scores are compared to six decimals. A tie is broken
by the notice's tie rule alone: never by an adjustment whose gate stayed shut.
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction

from grants.rules.scoring.calibration import Calibration, Method, calibrate
from grants.rules.scoring.reviews import Panel, Score, panel_of
from grants.rules.terms import RankingRule, TieRule
from grants.rules.weighted import Sheet, Weight, criterion_means, mean, weighted_score

METHODS = {
    RankingRule.RAW: Method.RAW,
    RankingRule.TWO_WAY: Method.TWO_WAY,
    RankingRule.CALIBRATED: Method.REML,
}
FINENESS = 10**6


@dataclass(frozen=True, slots=True)
class OrderRule:
    """What the notice fixed: how scores are made, how ties are broken, from which seed."""

    ranking: RankingRule
    tie: TieRule
    seed: str


@dataclass(frozen=True, slots=True)
class Standing:
    """Where one proposal stands.

    Attributes:
        proposal: Its reference.
        mean, lowest, highest: of the reviewers' weighted scores, exact.
        score: what ranked it under the notice's rule.
        rank: 1 is best; no two proposals share one.
        tie_broken_by: name of the criterion, or "lot"; empty where the score alone decided.
        reviews: how many sheets count.
        criteria: mean per criterion, by key.
    """

    proposal: str
    mean: Fraction
    lowest: Fraction
    highest: Fraction
    score: Fraction
    rank: int
    tie_broken_by: str
    reviews: int
    criteria: dict[str, Fraction]


@dataclass(frozen=True, slots=True)
class Ranking:
    """The ranked list, best first, and whether the scores were adjusted."""

    standings: tuple[Standing, ...]
    is_adjusted: bool

    def of(self, proposal: str) -> Standing:
        """Return one proposal's standing; KeyError where it is not ranked."""
        return {one.proposal: one for one in self.standings}[proposal]


LOT = "lot"


def panel_scores(sheets: Iterable[Sheet], weights: Sequence[Weight]) -> Panel:
    """The weighted scores as the rules of scoring read them."""
    return panel_of(
        Score(one.proposal, one.reviewer, float(weighted_score(one.values, weights)))
        for one in sheets
    )


def rank_proposals(sheets: Sequence[Sheet], weights: Sequence[Weight], rule: OrderRule) -> Ranking:
    """Rank by the notice's rule; break ties by its tie rule.

    Raises:
        Refused: ``no_scores``, ``scored_twice``; ``disconnected_reviews`` where the rule compares
            reviewers whom no chain of shared proposals connects.

    >>> weights = [Weight("a", "Need", 60), Weight("b", "Plan", 40)]
    >>> sheets = [
    ...     Sheet("A", "r", {"a": 6, "b": 6}),
    ...     Sheet("B", "r", {"a": 8, "b": 3}),
    ...     Sheet("C", "r", {"a": 9, "b": 9}),
    ... ]
    >>> rule = OrderRule(RankingRule.RAW, TieRule.MERIT_CRITERION, "seed")
    >>> found = rank_proposals(sheets, weights, rule).standings
    >>> [(one.proposal, one.tie_broken_by) for one in found]
    [('C', ''), ('B', 'Need'), ('A', 'Need')]
    """
    found = calibrate(panel_scores(sheets, weights), METHODS[rule.ranking])
    return ranked(sheets, weights, rule, found)


def ranked(
    sheets: Sequence[Sheet], weights: Sequence[Weight], rule: OrderRule, found: Calibration
) -> Ranking:
    """Rank from scores that were calibrated before."""
    held: dict[str, list[Sheet]] = defaultdict(list)
    for sheet in sheets:
        held[sheet.proposal].append(sheet)
    rows = [
        _unranked(name, held[name], weights, adjusted if found.is_adjusted else None)
        for name, adjusted in zip(sorted(held), found.scores, strict=True)
    ]
    heaviest = sorted(weights, key=lambda one: -one.percent)
    rows.sort(key=lambda row: _order(row, heaviest, rule))
    broken = _how_broken(rows, heaviest, rule)
    return Ranking(
        tuple(
            Standing(*row, rank=rank, tie_broken_by=how, reviews=len(held[row[0]]), criteria=means)
            for rank, ((row, means), how) in enumerate(zip(rows, broken, strict=True), 1)
        ),
        found.is_adjusted,
    )


Row = tuple[tuple[str, Fraction, Fraction, Fraction, Fraction], dict[str, Fraction]]


def _unranked(
    name: str, sheets: Sequence[Sheet], weights: Sequence[Weight], adjusted: float | None
) -> Row:
    totals = [weighted_score(one.values, weights) for one in sheets]
    raw = mean(totals)
    score = raw if adjusted is None else Fraction(round(float(adjusted) * FINENESS), FINENESS)
    return (name, raw, min(totals), max(totals), score), criterion_means(sheets, weights)


def _order(row: Row, heaviest: Sequence[Weight], rule: OrderRule) -> tuple[object, ...]:
    (name, _, _, _, score), means = row
    merits = [-means[one.key] for one in heaviest] if rule.tie is TieRule.MERIT_CRITERION else []
    return (-score, *merits, lot_key(rule.seed, name))


def _how_broken(rows: Sequence[Row], heaviest: Sequence[Weight], rule: OrderRule) -> list[str]:
    how = [""] * len(rows)
    for place in range(len(rows) - 1):
        above, below = rows[place], rows[place + 1]
        if above[0][4] != below[0][4]:
            continue
        words = LOT
        if rule.tie is TieRule.MERIT_CRITERION:
            differing = (one.name for one in heaviest if above[1][one.key] != below[1][one.key])
            words = next(differing, LOT)
        how[place] = how[place] or words
        how[place + 1] = words
    return how


def lot_key(seed: str, identifier: str) -> str:
    """The place of an identifier in a lot that anybody can recompute: SHA-256(seed | id).

    >>> lot_key("seed", "A")[:8]
    '8ab1a896'
    """
    return hashlib.sha256(f"{seed}|{identifier}".encode()).hexdigest()
