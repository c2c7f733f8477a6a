"""What reports ask of an office and of a group; nobody is sent to a closed page."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime

from django.db.models import Q
from django.urls import reverse

from accounts.models import User
from accounts.rules.roles import AgencyRoleKind
from certification.models import GroupSeat
from certification.rules.groups import SeatRole
from clusters_portal.queries.payment_tasks import TO_CERTIFY
from clusters_portal.queries.task import Task
from grants.models import Award, AwardReport
from grants.queries.report_lists import READ_WITH
from grants.queries.taking_part import hidden_from
from grants.rules.payment_states import PaymentState
from grants.rules.report_states import WRITABLE, ReportKind, ReportState
from kit.periods import end_of_day

Roles = frozenset[tuple[int, AgencyRoleKind]]
MOST = 30
REVIEWERS = {
    AgencyRoleKind.PROGRAMME_OFFICER: ReportKind.PERFORMANCE,
    AgencyRoleKind.FINANCE_OFFICER: ReportKind.FINANCIAL,
}
WHAT = {
    ReportState.OPEN: "Write a report",
    ReportState.DRAFT: "Finish and submit a report",
    ReportState.REVISION_REQUESTED: "Revise a report",
}


def with_work(roles: Roles) -> Roles:
    """The roles at agencies where an award has a request or a report that waits: asked once."""
    if not roles:
        return roles
    awards = Award.objects.filter(agency__in={agency for agency, _ in roles})
    pending = Q(payment_requests__state__in=sorted({PaymentState.SUBMITTED, *TO_CERTIFY}))
    waiting = awards.filter(pending | Q(reports__state=ReportState.SUBMITTED))
    busy = set(waiting.values_list("agency_id", flat=True).distinct())
    return frozenset(one for one in roles if one[0] in busy)


def report_tasks(user: User, roles: Roles, held: Sequence[Award]) -> list[Task]:
    """Return what reports ask of this person's offices and groups; ``held`` are the groups'."""
    return [*_of_groups(user, held), *_of_offices(user, roles)]


def _of_offices(user: User, roles: Roles) -> Iterator[Task]:
    wanted = Q(pk__in=())
    for agency, role in roles:
        if role in REVIEWERS:
            wanted |= Q(award__agency=agency, kind=REVIEWERS[role])
    if not wanted or wanted == Q(pk__in=()):
        return
    rows = AwardReport.objects.filter(wanted, state=ReportState.SUBMITTED)
    hidden: dict[int, frozenset[str]] = {}
    for row in rows.select_related(*READ_WITH).order_by("submitted_at")[:MOST]:
        proposal = row.award.selected.proposal
        if proposal.competition_id not in hidden:
            hidden[proposal.competition_id] = hidden_from(user.pk, proposal.competition)
        if proposal.case.reference in hidden[proposal.competition_id]:
            continue
        url = reverse("grants:staff_report", args=[row.award.reference, row.reference])
        is_mine = row.submitted_by_id != user.pk
        yield Task(
            f"Review a {row.title.lower()}",
            row.award.title,
            url,
            is_mine,
            "The group waits" if is_mine else "Another officer reviews it",
            None,
        )


def _of_groups(user: User, held: Sequence[Award]) -> Iterator[Task]:
    if not held:
        return
    rows = AwardReport.objects.filter(award__in=held, state__in=sorted(WRITABLE))
    found = list(rows.select_related(*READ_WITH).order_by("due_on", "-kind")[:MOST])
    if not found:
        return
    seats = dict(GroupSeat.objects.filter(user=user, until=None).values_list("group_id", "role"))
    for row in found:
        url = reverse("grants:report", args=[row.award.reference, row.reference])
        represents = seats.get(row.award.group_id) == SeatRole.AUTHORIZED_REPRESENTATIVE
        waits = f"{row}: {'you sign it' if represents else 'your representative signs it'}"
        yield Task(WHAT[row.status], row.award.title, url, True, waits, _due(row))


def _due(row: AwardReport) -> datetime:
    return end_of_day(row.awaited_on, row.award.agency.time_zone)
