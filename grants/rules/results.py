"""Results as the public reads them: a snapshot, and what stands in it.

Selected proposals stand with their names. All others stand under their reference, which nobody
but their own group knows.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from fractions import Fraction
from typing import Any

from grants.rules.line import BAND_WORDS, Band
from grants.rules.neutrality import Line, Report
from grants.rules.terms import (
    LINE_RULE_WORDS,
    RANKING_RULE_WORDS,
    TIE_RULE_WORDS,
    LineRule,
    RankingRule,
    TieRule,
)

KIND_RESULTS = "results"
KIND_DRAW_LIST = "draw_list"
SCORE_PLACES = 3


@dataclass(frozen=True, slots=True)
class Rules:
    """What the notice fixed, and what proves that it was followed."""

    ranking: RankingRule
    tie: TieRule
    line: LineRule
    threshold: Decimal | None
    bundle_hash: str
    ranking_digest: str
    is_adjusted: bool


@dataclass(frozen=True, slots=True)
class Drawn:
    """The draw with everything that recomputes it."""

    references: Sequence[str]
    salt: str
    list_digest: str
    source: str
    value: str
    seed: str
    order: Sequence[str]


@dataclass(frozen=True, slots=True)
class Result:
    """One line of the ranked list; names and money only where selected."""

    rank: int
    reference: str
    mean: Fraction
    lowest: Fraction
    highest: Fraction
    score: Fraction
    tie_broken_by: str
    band: Band
    outcome: str
    group: str = ""
    title: str = ""
    pool: str = ""
    amount: Decimal = Decimal(0)
    factor: str = ""


@dataclass(frozen=True, slots=True)
class Purse:
    """Money of the competition and what was given of it."""

    name: str
    amount: Decimal
    given: Decimal


@dataclass(frozen=True, slots=True)
class Results:
    """Everything that is announced."""

    reference: str
    opportunity_number: str
    title: str
    agency: str
    decided_at: datetime
    rationale: str
    rules: Rules
    lines: tuple[Result, ...]
    purses: tuple[Purse, ...]
    report: Report
    draw: Drawn | None = None


SELECTED, RESERVE, NOT_SELECTED = "Selected", "In reserve", "Not selected"


def results_snapshot(results: Results) -> dict[str, Any]:
    """Write results as the JSON that is released; what is read again is this and nothing else."""
    rules = results.rules
    return {
        "reference": results.reference,
        "opportunity_number": results.opportunity_number,
        "title": results.title,
        "agency": results.agency,
        "decided_at": results.decided_at.isoformat(),
        "rationale": results.rationale,
        "rules": {
            "ranking": RANKING_RULE_WORDS[rules.ranking],
            "ties": TIE_RULE_WORDS[rules.tie],
            "line": LINE_RULE_WORDS[rules.line],
            "threshold": "" if rules.threshold is None else str(rules.threshold),
            "bundle_hash": rules.bundle_hash,
            "ranking_digest": rules.ranking_digest,
            "is_adjusted": rules.is_adjusted,
        },
        "ranked": [_line(one) for one in results.lines],
        "pools": [
            {"name": one.name, "amount": str(one.amount), "given": str(one.given)}
            for one in results.purses
        ],
        "neutrality": {
            "clusters": [_counted(one) for one in results.report.clusters],
            "states": [_counted(one) for one in results.report.states],
            "sizes": [_counted(one) for one in results.report.sizes],
        },
        "draw": None if results.draw is None else _draw(results.draw),
    }


def draw_snapshot(reference: str, digest: str, source: str) -> dict[str, Any]:
    """Write what is published before a draw: the digest, and where the value will come from."""
    return {"reference": reference, "list_digest": digest, "source": source}


def score_text(value: Fraction) -> str:
    """Return a score to three decimals, half away from zero.

    >>> score_text(Fraction(19, 3)), score_text(Fraction(1, 2000))
    ('6.333', '0.001')
    """
    scaled = abs(value) * 10**SCORE_PLACES
    whole = int(scaled + Fraction(1, 2))
    sign = "-" if value < 0 and whole else ""
    return f"{sign}{whole // 1000}.{whole % 1000:03}"


def _line(one: Result) -> dict[str, Any]:
    line: dict[str, Any] = {
        "rank": one.rank,
        "reference": one.reference,
        "mean": score_text(one.mean),
        "lowest": score_text(one.lowest),
        "highest": score_text(one.highest),
        "score": score_text(one.score),
        "tie_broken_by": one.tie_broken_by,
        "band": BAND_WORDS[one.band],
        "outcome": one.outcome,
        "factor": one.factor,
    }
    named = one.outcome == SELECTED
    line["group"] = one.group if named else ""
    line["title"] = one.title if named else ""
    line["pool"] = one.pool if named else ""
    line["amount"] = str(one.amount) if named else ""
    return line


def _counted(one: Line) -> dict[str, Any]:
    return {
        "label": one.label,
        "applied": one.applied,
        "selected": one.selected,
        "asked": str(one.asked),
        "given": str(one.given),
    }


def _draw(one: Drawn) -> dict[str, Any]:
    return {
        "references": sorted(one.references),
        "salt": one.salt,
        "list_digest": one.list_digest,
        "source": one.source,
        "value": one.value,
        "seed": one.seed,
        "order": list(one.order),
    }


def outcome_of(*, is_selected: bool, is_reserve: bool) -> str:
    """Return the public word for an outcome."""
    if is_selected:
        return SELECTED
    return RESERVE if is_reserve else NOT_SELECTED


def line_of(snapshot: Mapping[str, Any], reference: str) -> Mapping[str, Any] | None:
    """Return one proposal's line of a released snapshot."""
    return next((row for row in snapshot["ranked"] if row["reference"] == reference), None)
