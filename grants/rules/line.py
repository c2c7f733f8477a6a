"""Who lies above the line: the quality threshold, the bands, the zone in between (review.md 3).

A band is a statement about chance: how likely a proposal is among those that the money reaches if
the reviewers' differences are taken as what they are. Only a notice that announced a discussion
or a draw lets bands decide; else rank does.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction

from grants.rules.ranking import Standing
from grants.rules.terms import LineRule

SURE_ENOUGH = 0.65
HARDLY = 0.35


class Band(StrEnum):
    """Where a proposal lies."""

    FUND = "fund"
    ZONE = "zone"
    OUT = "out"
    BELOW = "below"


BAND_WORDS = {
    Band.FUND: "Above the line",
    Band.ZONE: "Near the line",
    Band.OUT: "Below the line",
    Band.BELOW: "Below the quality threshold",
}


@dataclass(frozen=True, slots=True)
class LineTerms:
    """What the notice fixed about the line."""

    rule: LineRule
    threshold: Decimal | None = None


def meets(standing: Standing, threshold: Decimal | None) -> bool:
    """Whether the reviewers' plain mean reaches the quality threshold.

    The plain mean, since the notice states the threshold on the scale that reviewers use.
    """
    return threshold is None or standing.mean >= Fraction(threshold)


def band_of(chance: float | None) -> Band:
    """Return the band of a probability; without one nothing is sure.

    >>> [band_of(p).value for p in (0.65, 0.5, 0.35)], band_of(None).value
    (['fund', 'zone', 'out'], 'zone')
    """
    if chance is None:
        return Band.ZONE
    if chance >= SURE_ENOUGH:
        return Band.FUND
    return Band.OUT if chance <= HARDLY else Band.ZONE


def bands(
    standings: Sequence[Standing],
    terms: LineTerms,
    *,
    chances: Mapping[str, float],
    reached: Collection[str],
) -> dict[str, Band]:
    """Return the band of every proposal.

    Args:
        standings: The ranked list.
        terms: What the notice fixed.
        chances: Probability of lying above the line; ignored where rank alone decides.
        reached: The proposals that the money reaches in order of rank.
    """
    return {one.proposal: _band(one, terms, chances, reached) for one in standings}


def _band(
    one: Standing, terms: LineTerms, chances: Mapping[str, float], reached: Collection[str]
) -> Band:
    if not meets(one, terms.threshold):
        return Band.BELOW
    if terms.rule is LineRule.RANK:
        return Band.FUND if one.proposal in reached else Band.OUT
    return band_of(chances.get(one.proposal))


def order_of_funding(
    standings: Sequence[Standing], held: Mapping[str, Band], drawn: Sequence[str] = ()
) -> tuple[str, ...]:
    """Order in which the general money is offered: above the line, then the zone.

    The zone comes in the order of the draw where one was held, else by rank.
    """
    above = [one.proposal for one in standings if held[one.proposal] is Band.FUND]
    zone = [one.proposal for one in standings if held[one.proposal] is Band.ZONE]
    if drawn:
        place = {name: number for number, name in enumerate(drawn)}
        zone.sort(key=lambda name: place.get(name, len(place)))
    return (*above, *zone)
