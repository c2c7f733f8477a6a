"""A competition's record: whose letterhead, how long it is kept, what it holds about people."""

from __future__ import annotations

from typing import Any

from accounts.models import User
from accounts.registry import Belonging
from certification.queries.letterheads import agency_letterhead
from grants.models import Competition, Inquiry
from grants.rules.states import CompetitionState
from records.registry import Letterhead
from trail.models import Case
from trail.rules.retention import RetentionClass, Standing

OVER = {CompetitionState.ARCHIVED, CompetitionState.CANCELLED}


def competition_letterhead(case: Case) -> Letterhead | None:
    """The agency that runs the competition."""
    row = Competition.objects.filter(case=case).select_related("agency").first()
    return agency_letterhead(row.agency) if row else None


def competition_standing(case: Case) -> Standing:
    """Return the class of a competition's record and the day it ended.

    An opened one is kept as long as its awards; one that never opened is working papers.
    """
    row = Competition.objects.filter(case=case).first()
    if row is None:
        return Standing(RetentionClass.PERMANENT, None)
    opened = row.opened_at is not None
    kept = RetentionClass.SUCCESSFUL if opened else RetentionClass.WORKING_PAPERS
    last = case.entries.order_by("-sequence").first()
    is_over = row.status in OVER and last is not None
    return Standing(kept, last.at.date() if is_over and last else None)


def own_questions(user: User) -> list[dict[str, Any]]:
    """Every question that the person asked about a competition."""
    rows = Inquiry.objects.filter(asked_by=user).select_related("competition")
    return [
        {
            "competition": row.competition.title,
            "asked": row.asked_at.isoformat(),
            "question": row.text,
            "answer": row.answer,
        }
        for row in rows
    ]


OWN_QUESTIONS = Belonging("Questions about competitions", own_questions)
