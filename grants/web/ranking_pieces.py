"""The ranking as a page shows it: the table, the chart, the words. For staff and chairs alike."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from textwrap import shorten
from typing import Any

from grants.queries.ranking_figures import Figures
from grants.rules.line import BAND_WORDS, Band
from grants.rules.ranking import LOT, Standing
from grants.rules.results import score_text
from grants.rules.terms import (
    LINE_RULE_WORDS,
    RANKING_RULE_WORDS,
    TIE_RULE_WORDS,
    LineRule,
    RankingRule,
)
from kit.tables import Asked, Cell, Column, Kind, Table

MOST_DRAWN = 60
TONES = {Band.FUND: "good", Band.ZONE: "warn", Band.OUT: "quiet", Band.BELOW: "bad"}
BEFORE = (
    Column("rank", "Rank", is_sortable=True, is_numeric=True),
    Column("proposal", "Proposal", is_sortable=True, is_title=True),
    Column("mean", "Mean", is_sortable=True, is_numeric=True),
    Column("range", "Range", is_sortable=True, is_numeric=True),
    Column("score", "Ranked by", is_numeric=True),
    Column("reviews", "Reviews", is_numeric=True, is_extra=True),
    Column("tie", "Tie broken by", is_extra=True),
    Column("amount", "Asks for", is_sortable=True, is_numeric=True),
)
AFTER = (
    *BEFORE,
    Column("band", "Line"),
    Column("paid", "Money"),
)
LIVE = Table("grants.ranking", BEFORE, default_sort="rank", noun="proposals")
PINNED = Table("grants.pinned_ranking", AFTER, default_sort="rank", noun="proposals")


def table_of(found: Figures) -> Table:
    """The columns: the line and the money only once the ranking is pinned."""
    table = PINNED if found.is_pinned else LIVE
    if found.inputs.order.ranking is not RankingRule.RAW:
        return table
    # Plain means rank: what is ranked by stands in the column before already.
    columns = [replace(one, is_extra=one.is_extra or one.key == "score") for one in table.columns]
    return replace(table, columns=tuple(columns))


def ordered(found: Figures, asked: Asked) -> list[Standing]:
    """The standings in the order that the reader asked for."""
    if found.derived is None:
        return []
    amounts = {one.proposal: one.amount for one in found.inputs.asks}
    keys: dict[str, Any] = {
        "rank": lambda one: one.rank,
        "proposal": lambda one: _name(found, one.proposal).casefold(),
        "mean": lambda one: one.mean,
        "range": lambda one: one.highest - one.lowest,
        "amount": lambda one: amounts[one.proposal],
    }
    rows = list(found.derived.ranking.standings)
    return sorted(rows, key=keys[asked.sort_key], reverse=asked.is_descending)


def cells(found: Figures, rows: Iterable[Standing]) -> Iterator[Mapping[str, Cell]]:
    """What each row says."""
    amounts = {one.proposal: one.amount for one in found.inputs.asks}
    for one in rows:
        yield _cells(found, one, amounts[one.proposal])


def _cells(found: Figures, one: Standing, amount: Decimal) -> Mapping[str, Cell]:
    return {
        "rank": Cell(value=one.rank, kind=Kind.WHOLE),
        "proposal": Cell(_name(found, one.proposal), notes=(one.proposal,)),
        "mean": Cell(score_text(one.mean)),
        "range": Cell(f"{score_text(one.lowest)} to {score_text(one.highest)}"),
        "score": Cell(score_text(one.score)),
        "reviews": Cell(value=one.reviews, kind=Kind.WHOLE),
        "tie": Cell("A lot" if one.tie_broken_by == LOT else one.tie_broken_by or "No tie"),
        "amount": Cell(value=amount, kind=Kind.MONEY),
        "band": _band(found, one.proposal),
        "paid": _paid(found, one.proposal),
    }


def _band(found: Figures, name: str) -> Cell:
    if found.derived is None:
        return Cell()
    band = found.derived.bands[name]
    return Cell(BAND_WORDS[band], tone=TONES[band])


def _paid(found: Figures, name: str) -> Cell:
    if name in found.gone:
        return Cell("Withdrawn")
    if found.filling is None or name not in found.filling.paid_by:
        return Cell("None")
    return Cell(found.pools[found.filling.paid_by[name]])


def _name(found: Figures, reference: str) -> str:
    proposal = found.proposals.get(reference)
    return proposal.group.name if proposal else reference


def summary(found: Figures) -> dict[str, Any]:
    """What stands above the table."""
    inputs = found.inputs
    total = sum((one.amount for one in inputs.purses), Decimal(0))
    return {
        "ranked": len(found.derived.ranking.standings) if found.derived else 0,
        "reached": found.derived.reached if found.derived else 0,
        "is_adjusted": bool(found.derived and found.derived.ranking.is_adjusted),
        "total": total,
        "rule": RANKING_RULE_WORDS[inputs.order.ranking],
        "ties": TIE_RULE_WORDS[inputs.order.tie],
        "line": LINE_RULE_WORDS[inputs.line.rule],
        "threshold": inputs.line.threshold,
        "is_calibrated": inputs.order.ranking is RankingRule.CALIBRATED,
        "has_zone": inputs.line.rule is not LineRule.RANK,
    }


def chart(found: Figures, low: int, high: int) -> dict[str, Any] | None:
    """Ranges and means as shapes; the table beside it says the same in figures."""
    if found.derived is None:
        return None
    rows = found.derived.ranking.standings[:MOST_DRAWN]
    left, width, step = 210, 400, 18

    def across(value: Fraction) -> float:
        return round(left + width * float((value - low) / (high - low)), 1)

    ticks = range(low, high + 1, max(1, (high - low) // 8))
    return {
        "height": 30 + step * len(rows),
        "axis": 22 + step * len(rows),
        "left": left,
        "right": left + width,
        "ticks": [{"x": across(Fraction(one)), "label": one} for one in ticks],
        "rows": [
            {
                "y": 14 + step * place,
                "label": shorten(f"{one.rank}. {_name(found, one.proposal)}", 34, placeholder=" …"),
                "low": across(one.lowest),
                "width": max(round(across(one.highest) - across(one.lowest), 1), 1),
                "mean": across(one.mean),
            }
            for place, one in enumerate(rows)
        ],
        "is_cut": len(found.derived.ranking.standings) > MOST_DRAWN,
        "most": MOST_DRAWN,
    }
