"""Whose letterhead an award's letters carry, and how long its record is kept."""

from __future__ import annotations

from certification.queries.letterheads import agency_letterhead
from grants.models import Award
from grants.rules.award_states import OVER
from records.registry import Letterhead
from trail.models import Case
from trail.rules.retention import RetentionClass, Standing


def award_letterhead(case: Case) -> Letterhead | None:
    """The agency that makes the award."""
    row = Award.objects.filter(case=case).select_related("agency").first()
    return agency_letterhead(row.agency) if row else None


def award_standing(case: Case) -> Standing:
    """The class of an award's record and the day it ended; without an agreement, that day."""
    row = Award.objects.filter(case=case).first()
    if row is not None and row.status in OVER:
        ended = row.answered_at or row.withdrawn_at
        return Standing(RetentionClass.UNSUCCESSFUL, ended.date() if ended else None)
    return Standing(RetentionClass.SUCCESSFUL, None)
