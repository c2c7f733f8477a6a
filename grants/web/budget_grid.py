"""The budget as a grid: rows, columns and totals as the server knows them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from certification.forms.application import SectionForm
from grants.rules.budget import (
    CENT,
    NOTHING,
    indirect_base,
    least_match,
    most_indirect,
)
from grants.rules.budget_lines import CATEGORY_WORDS, LEFT_OUT_WORDS, Category, Column
from grants.rules.proposal_draft import ProposalDraft
from grants.rules.proposal_form import QUARTERS

AFTER_GRID = ("indirect_basis", "indirect_rate", "indirect_agreement")


def budget_context(form: SectionForm, draft: ProposalDraft) -> dict[str, Any]:
    """Return what the grid needs; totals are those of what is saved."""
    budget, terms = draft.budget, draft.terms
    base = indirect_base(budget, draft.subawards, terms.rule)
    beyond = sum((max(NOTHING, one - terms.rule.subaward_part) for one in draft.subawards), NOTHING)
    return {
        "rows": list(_rows(form, draft)),
        "budget": budget,
        "direct": {
            "federal": budget.direct(Column.FEDERAL),
            "match": budget.direct(Column.MATCH),
            "total": budget.total - budget.indirect,
        },
        "terms": terms,
        "signed": draft.signed,
        "apart": budget.match - draft.signed,
        "needed": least_match(budget.federal, terms.share) if budget.federal else NOTHING,
        "base": base,
        "beyond": beyond,
        "most_indirect": most_indirect(budget, draft.subawards, terms.rule),
        "indirect_fields": [form[name] for name in AFTER_GRID],
        "left_out_fields": [form[f"left_out_{one}"] for one in LEFT_OUT_WORDS],
        "cash_fields": [form[f"cash_{number}"] for number in range(1, QUARTERS + 1)],
        "justification": form["justification"],
        # The page adds up while somebody types; the server decides. All amounts in cents.
        "sums": {
            "share": [terms.share.numerator, terms.share.denominator],
            "floor": int(terms.floor / CENT),
            "ceiling": int(terms.ceiling / CENT),
            "signed": int(draft.signed / CENT),
        },
    }


def _rows(form: SectionForm, draft: ProposalDraft) -> Iterator[dict[str, Any]]:
    for category, words in CATEGORY_WORDS.items():
        yield {
            "id": category.value,
            "words": words,
            "cells": [form[f"{column}_{category}"] for column in Column],
            "total": draft.budget.line(category),
            "is_indirect": category is Category.INDIRECT,
        }
