"""The size standard of an industry on a day, and what it says about stated figures."""

from __future__ import annotations

from datetime import date

from django.db.models import Max, QuerySet

from accounts.models import SizeStandard
from accounts.rules.size_class import Figures, SizeAnswer, Standard, size_of


def standard_for(naics: str, on: date) -> Standard | None:
    """Return the standard of a six-digit industry that holds on a day."""
    row = SizeStandard.objects.in_force(on).filter(naics=naics).first() if naics else None
    return row.as_rule() if row else None


def size_answer(figures: Figures, on: date) -> SizeAnswer:
    """Judge what is stated by the table of a day."""
    return size_of(figures, standard_for(figures.naics, on))


def size_table(on: date, text: str = "") -> QuerySet[SizeStandard]:
    """Return the rows in force on a day whose code begins with a text."""
    rows = SizeStandard.objects.in_force(on).order_by("naics")
    return rows.filter(naics__startswith=text) if text else rows


def newest_row(on: date) -> date | None:
    """Return when the newest row in force began to hold."""
    found: date | None = SizeStandard.objects.in_force(on).aggregate(newest=Max("effective_from"))[
        "newest"
    ]
    return found
