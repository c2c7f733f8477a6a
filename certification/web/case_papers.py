"""What certification says about papers: registered with records at start-up."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest

from certification.permissions import papers
from certification.permissions.applications import opened_application
from certification.queries.papers import is_submitted
from certification.rules.criteria import CRITERIA
from certification.rules.papers import APPLICATION_PAPERS, GROUP_PAPERS
from certification.web.application_pages import application_page
from certification.web.group_pages import group_page
from certification.web.staff_pages import staff_page
from records.papers import CaseDoor, PaperKind, register_papers
from trail.models import Case

HERE = "Documents"
ABOUT = tuple((f"criterion:{one.criterion.value}", one.title) for one in CRITERIA)


def register_case_papers() -> None:
    """Open the cases of groups and applications to their papers."""
    register_papers(
        "group",
        CaseDoor(
            kinds={code: PaperKind(code, words) for code, words in GROUP_PAPERS},
            opens=papers.sees_group_papers,
            reads=papers.reads_group_paper,
            adds=papers.adds_group_papers,
            changes=papers.changes_group_paper,
            pinned=is_submitted,
            page=_group_page,
            about=_nothing,
        ),
    )
    register_papers(
        "application",
        CaseDoor(
            kinds={code: PaperKind(code, words) for code, words in APPLICATION_PAPERS},
            opens=papers.sees_application_papers,
            reads=papers.reads_application_paper,
            adds=papers.adds_application_papers,
            changes=papers.changes_application_paper,
            pinned=is_submitted,
            page=_application_page,
            about=_criteria,
        ),
    )


def _group_page(request: HttpRequest, case: Case) -> dict[str, Any]:
    return group_page(request, case.reference, HERE)


def _application_page(request: HttpRequest, case: Case) -> dict[str, Any]:
    """The group sees its own navigation, officers that of the case."""
    if opened_application(request, case.reference) is not None:
        return application_page(request, case.reference, HERE)
    return staff_page(request, case.reference, HERE)


def _nothing(_request: HttpRequest, _case: Case) -> tuple[tuple[str, str], ...]:
    return ()


def _criteria(_request: HttpRequest, _case: Case) -> tuple[tuple[str, str], ...]:
    return ABOUT
