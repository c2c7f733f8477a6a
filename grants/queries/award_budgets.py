"""The budget that a proposal was selected with, line by line."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from grants.models import Proposal
from grants.rules.budget_lines import CATEGORY_WORDS, Category
from kit.money import parse_money

_BY_WORDS = {words: category for category, words in CATEGORY_WORDS.items()}


@dataclass(frozen=True, slots=True)
class LineOfBudget:
    """One category, federal and match."""

    category: Category
    federal: Decimal
    match: Decimal


def lines_of_submission(proposal: Proposal) -> tuple[LineOfBudget, ...]:
    """Return the lines of the version that counts; those that cost nothing are left out."""
    if proposal.counting is None:
        return ()
    rows = proposal.counting.content.get("budget", {}).get("lines", ())
    lines = [
        LineOfBudget(
            _BY_WORDS[row["category"]], parse_money(row["federal"]), parse_money(row["match"])
        )
        for row in rows
    ]
    return tuple(one for one in lines if one.federal or one.match)
