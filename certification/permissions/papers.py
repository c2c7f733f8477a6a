"""Who may see, read, add and change the papers of groups and applications."""

from __future__ import annotations

from django.http import HttpRequest

from accounts.gates import NOBODY_KNOWS
from accounts.queries.officers import holds_role
from accounts.rules.roles import AgencyRoleKind
from certification.permissions.applications import opened_application
from certification.permissions.decisions import opened_case, works_on_case
from certification.permissions.groups import READING_OFFICERS, opened_group, reads_group
from certification.queries.papers import is_submitted
from certification.rules.papers import (
    GROUP_PAPERS,
    OFFICERS_EVIDENCE,
    OFFICERS_ONLY,
    kinds_for_group,
    kinds_for_officers,
)
from kit.refusals import Refusal
from records.models import Document
from records.rules.uploads import SUBMITTED
from trail.models import Case

ONLY_THE_GROUP = Refusal("not_in_group", "Only people of the group add and change its documents.")
# Publishers release what is public: they read the redacted copies.
SEE_CONFIDENTIAL = (
    AgencyRoleKind.PROGRAMME_OFFICER,
    AgencyRoleKind.SELECTING_OFFICIAL,
    AgencyRoleKind.AUDITOR,
)


def sees_group_papers(request: HttpRequest, case: Case) -> Refusal | None:
    """Let everybody pass who may open the group."""
    return reads_group(request, group=case.reference)


def reads_group_paper(request: HttpRequest, document: Document) -> Refusal | None:
    """Let the group's people pass; officers as their roles allow."""
    opened = opened_group(request, document.case.reference)
    if opened is None:
        return NOBODY_KNOWS
    if opened.seat is not None or not document.is_confidential:
        return None
    sees = holds_role(request, *READING_OFFICERS, agency=opened.group.agency_id)
    return None if sees else NOBODY_KNOWS


def adds_group_papers(request: HttpRequest, case: Case) -> tuple[str, ...] | Refusal:
    """Let everybody with a seat add."""
    opened = opened_group(request, case.reference)
    if opened is None or opened.seat is None:
        return ONLY_THE_GROUP
    return tuple(code for code, _ in GROUP_PAPERS)


def changes_group_paper(request: HttpRequest, document: Document) -> Refusal | None:
    """Let everybody with a seat change; what was submitted stays beside the new version."""
    kinds = adds_group_papers(request, document.case)
    return kinds if isinstance(kinds, Refusal) else None


def sees_application_papers(request: HttpRequest, case: Case) -> Refusal | None:
    """Let the group's people pass, and officers once it is submitted."""
    is_open = opened_application(request, case.reference) or opened_case(request, case.reference)
    return None if is_open else NOBODY_KNOWS


def reads_application_paper(request: HttpRequest, document: Document) -> Refusal | None:
    """The group reads what it added, officers everything that their roles allow."""
    reference = document.case.reference
    mine = opened_application(request, reference)
    if mine is not None and document.kind != OFFICERS_EVIDENCE:
        return None
    staff = opened_case(request, reference)
    if staff is None:
        return NOBODY_KNOWS
    if not document.is_confidential:
        return None
    sees = holds_role(request, *SEE_CONFIDENTIAL, agency=staff.application.agency_id)
    return None if sees else NOBODY_KNOWS


def adds_application_papers(request: HttpRequest, case: Case) -> tuple[str, ...] | Refusal:
    """Let the group add while it writes or answers, officers while they review."""
    mine = opened_application(request, case.reference)
    if mine is not None:
        return kinds_for_group(mine.application.status)
    refusal = works_on_case(request, application=case.reference)
    staff = opened_case(request, case.reference)
    if refusal is not None or staff is None:
        return refusal or NOBODY_KNOWS
    return kinds_for_officers(staff.application.status)


def changes_application_paper(request: HttpRequest, document: Document) -> Refusal | None:
    """Let each side change its own papers until they are part of the record."""
    kinds = adds_application_papers(request, document.case)
    if isinstance(kinds, Refusal):
        return kinds
    if document.kind not in kinds:
        is_mine = opened_application(request, document.case.reference) is not None
        return SUBMITTED if is_mine else OFFICERS_ONLY
    return SUBMITTED if is_submitted(document) else None
