"""Who may read, write, sign and review reports.

A draft is the group's; officers read what was submitted, and when what is due.
"""

from __future__ import annotations

from django.http import HttpRequest

from accounts.gates import NOBODY_KNOWS
from grants.models import AwardReport
from grants.permissions.awards import (
    READERS,
    award_for,
    confirms_funds,
    holds_accepted_award,
    reads_award,
    represents_award,
    staff_award_for,
    works_on_award,
)
from grants.permissions.payments import agencies_with
from grants.rules.report_states import ReportKind
from kit.refusals import Refusal


def own_report(request: HttpRequest, award: str, report: str) -> AwardReport | None:
    """A report of an accepted award, for its group."""
    if holds_accepted_award(request, award) is not None:
        return None
    row = award_for(request, award).award
    found = row.reports.select_related("submitted_by").filter(reference=report).first()
    if found is not None:
        found.award = row
    return found


def staff_report(request: HttpRequest, award: str, report: str) -> AwardReport | None:
    """A report of an award, for officers of its agency."""
    if reads_award(request, award) is not None:
        return None
    row = staff_award_for(request, award)
    found = row.reports.select_related("submitted_by").filter(reference=report).first()
    if found is not None:
        found.award = row
    return found


def reads_own_report(
    request: HttpRequest, award: str, report: str, **_route: object
) -> Refusal | None:
    """Let everybody with a seat in the group pass."""
    return None if own_report(request, award, report) else NOBODY_KNOWS


def signs_report(request: HttpRequest, award: str, report: str, **_route: object) -> Refusal | None:
    """Let authorized representatives pass; other seats learn who may."""
    return reads_own_report(request, award, report) or represents_award(request, award)


def reads_report(request: HttpRequest, award: str, report: str, **_route: object) -> Refusal | None:
    """Let officers of the award's agency pass."""
    return None if staff_report(request, award, report) else NOBODY_KNOWS


def reviews_report(
    request: HttpRequest, award: str, report: str, **_route: object
) -> Refusal | None:
    """Let the office pass that reviews this kind: programme for the work, finance for the money."""
    row = staff_report(request, award, report)
    if row is None:
        return NOBODY_KNOWS
    if row.subject is ReportKind.FINANCIAL:
        return confirms_funds(request, award)
    return works_on_award(request, award)


def sees_report_desk(request: HttpRequest, **_route: object) -> Refusal | None:
    """Let officers pass who read awards."""
    return None if agencies_with(request, *READERS) else NOBODY_KNOWS
