"""What a ranking rests on, as it is pinned, and the ranking derived from nothing else.

`derive` is the one function that makes a ranking: starting selection calls it, and so does
whoever derives it again years later. The same inputs give the same result, digit by digit.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction
from typing import Any

from grants.rules.line import Band, LineTerms, bands, meets, order_of_funding
from grants.rules.pools import Ask, Filling, Purse, fill
from grants.rules.ranking import METHODS, OrderRule, Ranking, Standing, panel_scores, ranked
from grants.rules.scoring.calibration import Calibration, calibrate
from grants.rules.scoring.ranks import rank_chances
from grants.rules.terms import LineRule, RankingRule, TieRule
from grants.rules.weighted import Sheet, Weight
from kit.refusals import Refused

ENGINE = 1
PLACES = 4


@dataclass(frozen=True, slots=True)
class Inputs:
    """Everything that decides a ranking, and nothing else. Reviewers appear under aliases."""

    competition: str
    order: OrderRule
    line: LineTerms
    weights: tuple[Weight, ...]
    sheets: tuple[Sheet, ...]
    asks: tuple[Ask, ...]
    purses: tuple[Purse, ...]

    @property
    def chance_seed(self) -> int:
        """The seed of the draws behind chances: from the rules pinned at opening."""
        return int(self.order.seed[:8], 16)


@dataclass(frozen=True, slots=True)
class Derived:
    """A ranking with its bands.

    Attributes:
        ranking: The ranked list.
        chances: Probability of lying above the line, to four places; empty where one score a
            proposal leaves it unknown, and where it was not asked for.
        bands: By proposal.
        reached: How many the money reaches by rank alone: where the line lies.
    """

    ranking: Ranking
    chances: dict[str, float]
    bands: dict[str, Band]
    reached: int

    def above_threshold(self) -> tuple[Standing, ...]:
        """The ranked list without those below the quality threshold."""
        return tuple(
            one for one in self.ranking.standings if self.bands[one.proposal] is not Band.BELOW
        )

    def zone(self) -> tuple[str, ...]:
        """Those near the line, by rank."""
        rows = self.ranking.standings
        return tuple(one.proposal for one in rows if self.bands[one.proposal] is Band.ZONE)


def derive(inputs: Inputs, *, with_chances: bool = True) -> Derived:
    """Rank, find the line, and band.

    Raises:
        Refused: ``no_scores``, ``disconnected_reviews``.
    """
    panel = panel_scores(inputs.sheets, inputs.weights)
    found = calibrate(panel, METHODS[inputs.order.ranking])
    ranking = ranked(inputs.sheets, inputs.weights, inputs.order, found)
    eligible = [one for one in ranking.standings if meets(one, inputs.line.threshold)]
    reached = fill(_asks(inputs, eligible), inputs.purses).paid_by
    chances = _chances(inputs, found, panel.proposals, len(reached)) if with_chances else {}
    held = bands(ranking.standings, inputs.line, chances=chances, reached=reached)
    return Derived(ranking, chances, held, len(reached))


def suggested(
    inputs: Inputs,
    derived: Derived,
    drawn: Sequence[str] = (),
    gone: Collection[str] = (),
) -> Filling:
    """Return who is paid from what if the notice's rules are followed and nothing else.

    Args:
        inputs: What was pinned.
        derived: The ranking made of it.
        drawn: The order of the draw, if one was held.
        gone: Those who withdrew since: their money goes to the next.
    """
    return fill(*offers(inputs, derived, drawn, gone))


def offers(
    inputs: Inputs, derived: Derived, drawn: Sequence[str], gone: Collection[str]
) -> tuple[list[Ask], tuple[Purse, ...], tuple[str, ...]]:
    """Return what `pools.fill` needs: asks by rank, the money, the order of the general money."""
    above = [one for one in derived.above_threshold() if one.proposal not in gone]
    # By rank alone nobody is shut out by a band: money that is left reaches the next.
    order = (
        tuple(one.proposal for one in above)
        if inputs.line.rule is LineRule.RANK
        else order_of_funding(derived.ranking.standings, derived.bands, drawn)
    )
    return _asks(inputs, above), inputs.purses, tuple(one for one in order if one not in gone)


def without(inputs: Inputs, hidden: Collection[str]) -> Inputs:
    """Return the inputs as if the hidden proposals did not exist."""
    if not hidden:
        return inputs
    return replace(
        inputs,
        sheets=tuple(one for one in inputs.sheets if one.proposal not in hidden),
        asks=tuple(one for one in inputs.asks if one.proposal not in hidden),
    )


def _asks(inputs: Inputs, standings: Sequence[Standing]) -> list[Ask]:
    held = {one.proposal: one for one in inputs.asks}
    return [held[one.proposal] for one in standings]


def _chances(
    inputs: Inputs, found: Calibration, names: Sequence[str], awards: int
) -> dict[str, float]:
    try:
        above = rank_chances(found, awards, seed=inputs.chance_seed).above
    except Refused:
        return {}
    return {name: round(float(p), PLACES) for name, p in zip(names, above, strict=True)}


def inputs_as_data(inputs: Inputs) -> dict[str, Any]:
    """Write inputs as JSON values; amounts and thresholds as text."""
    threshold = inputs.line.threshold
    return {
        "engine": ENGINE,
        "competition": inputs.competition,
        "ranking_rule": inputs.order.ranking.value,
        "tie_rule": inputs.order.tie.value,
        "seed": inputs.order.seed,
        "line_rule": inputs.line.rule.value,
        "threshold": None if threshold is None else str(threshold),
        "weights": [[one.key, one.name, one.percent] for one in inputs.weights],
        "sheets": [[one.proposal, one.reviewer, dict(one.values)] for one in inputs.sheets],
        "asks": [[one.proposal, str(one.amount), sorted(one.states)] for one in inputs.asks],
        "purses": [[one.key, str(one.amount), one.state] for one in inputs.purses],
    }


def inputs_from(data: Mapping[str, Any]) -> Inputs:
    """Read what was pinned.

    Raises:
        ValueError: another engine made it.
    """
    if data["engine"] != ENGINE:
        message = f"made by engine {data['engine']}, this is engine {ENGINE}"
        raise ValueError(message)
    threshold = data["threshold"]
    return Inputs(
        competition=data["competition"],
        order=OrderRule(RankingRule(data["ranking_rule"]), TieRule(data["tie_rule"]), data["seed"]),
        line=LineTerms(
            LineRule(data["line_rule"]), None if threshold is None else Decimal(threshold)
        ),
        weights=tuple(Weight(*row) for row in data["weights"]),
        sheets=tuple(Sheet(*row) for row in data["sheets"]),
        asks=tuple(Ask(name, Decimal(sum_), frozenset(st)) for name, sum_, st in data["asks"]),
        purses=tuple(Purse(key, Decimal(sum_), st) for key, sum_, st in data["purses"]),
    )


def derived_as_data(derived: Derived) -> dict[str, Any]:
    """Write a ranking as JSON values; exact figures as fractions."""
    return {
        "is_adjusted": derived.ranking.is_adjusted,
        "reached": derived.reached,
        "rows": [
            {
                "proposal": one.proposal,
                "rank": one.rank,
                "mean": str(one.mean),
                "lowest": str(one.lowest),
                "highest": str(one.highest),
                "score": str(one.score),
                "tie_broken_by": one.tie_broken_by,
                "reviews": one.reviews,
                "criteria": {key: str(value) for key, value in one.criteria.items()},
                "chance": derived.chances.get(one.proposal),
                "band": derived.bands[one.proposal].value,
            }
            for one in derived.ranking.standings
        ],
    }


def derived_from(data: Mapping[str, Any]) -> Derived:
    """Read a pinned ranking."""
    rows = data["rows"]
    standings = tuple(
        Standing(
            proposal=row["proposal"],
            mean=Fraction(row["mean"]),
            lowest=Fraction(row["lowest"]),
            highest=Fraction(row["highest"]),
            score=Fraction(row["score"]),
            rank=row["rank"],
            tie_broken_by=row["tie_broken_by"],
            reviews=row["reviews"],
            criteria={key: Fraction(value) for key, value in row["criteria"].items()},
        )
        for row in rows
    )
    return Derived(
        Ranking(standings, data["is_adjusted"]),
        {row["proposal"]: row["chance"] for row in rows if row["chance"] is not None},
        {row["proposal"]: Band(row["band"]) for row in rows},
        data["reached"],
    )
