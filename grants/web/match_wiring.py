"""What matching funds tell the lower apps: registered at start-up."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest

from grants.actions.attach_evidence import EVIDENCE
from grants.permissions import match
from grants.permissions.awards import opened_award
from grants.queries.award_links import award_giver_code, award_giver_token
from grants.web.award_pages import award_page, staff_award_page
from records.papers import CaseDoor, PaperKind, register_papers
from records.sealed_words import register_sealed_word
from trail.models import Case

HERE = "Documents"


def register_match() -> None:
    """Name the sealed words of givers' letters, and who opens the papers of an award."""
    register_sealed_word("award_giver_token", award_giver_token)
    register_sealed_word("award_giver_code", award_giver_code)
    register_papers(
        "award",
        CaseDoor(
            kinds={EVIDENCE: PaperKind(EVIDENCE, "Evidence of matching funds")},
            opens=match.sees_award_papers,
            reads=match.reads_award_paper,
            adds=match.adds_award_papers,
            changes=match.changes_award_paper,
            pinned=lambda _: True,
            page=_page,
            about=lambda _request, _case: (),
        ),
    )


def _page(request: HttpRequest, case: Case) -> dict[str, Any]:
    if opened_award(request, case.reference):
        return award_page(request, case.reference, HERE)
    return staff_award_page(request, case.reference, HERE)
