"""What competitions ask of somebody's office."""

from __future__ import annotations

from collections.abc import Iterator

from django.db.models import Count, Q
from django.urls import reverse

from accounts.rules.roles import AgencyRoleKind
from clusters_portal.queries.task import Task
from grants.models import Competition
from grants.permissions.competitions import READERS
from grants.rules.clearance import SIGNERS
from grants.rules.states import CompetitionState
from grants.rules.terms import CLEARANCE_KIND_WORDS, ClearanceKind

Roles = frozenset[tuple[int, AgencyRoleKind]]
MOST = 20
OFFICER = AgencyRoleKind.PROGRAMME_OFFICER
UNDER_WAY = (
    CompetitionState.DRAFT,
    CompetitionState.CLEARANCE,
    CompetitionState.SCHEDULED,
    CompetitionState.OPEN,
    CompetitionState.CLOSED,
)


def competition_tasks(roles: Roles) -> list[Task]:
    """Return what the person's offices have to do for their competitions."""
    agencies = {agency for agency, role in roles if role in READERS}
    if not agencies:
        return []
    waiting = Count("inquiries", filter=Q(inquiries__answered_at=None))
    rows = Competition.objects.filter(agency_id__in=agencies, state__in=UNDER_WAY)
    rows = rows.annotate(waiting=waiting).select_related("case").prefetch_related("clearances")
    return [task for row in rows.order_by("closes_at", "pk")[:MOST] for task in _of(row, roles)]


def _of(row: Competition, roles: Roles) -> Iterator[Task]:
    url = reverse("grants:staff_competition", args=[row.reference])
    is_mine = (row.agency_id, OFFICER) in roles
    if row.status is CompetitionState.DRAFT:
        yield Task("Finish the draft", row.title, url, is_mine, "Nobody waits yet", row.opens_at)
    if row.status is CompetitionState.CLEARANCE:
        yield from _clearances(row, roles, url)
    waiting: int = getattr(row, "waiting", 0)
    if waiting:
        what = f"Answer {waiting} question{'' if waiting == 1 else 's'}"
        address = reverse("grants:competition_inquiries", args=[row.reference])
        yield Task(what, row.title, address, is_mine, "Applicants wait", row.closes_at)


def _clearances(row: Competition, roles: Roles, url: str) -> Iterator[Task]:
    signed = {one.kind for one in row.clearances.all() if one.voided_at is None}
    missing = [kind for kind in ClearanceKind if kind not in signed]
    for kind in missing:
        is_mine = (row.agency_id, SIGNERS[kind]) in roles
        what = f"Sign the {CLEARANCE_KIND_WORDS[kind].lower()} clearance"
        yield Task(what, row.title, url, is_mine, "The competition waits", row.opens_at)
    if not missing:
        is_mine = (row.agency_id, OFFICER) in roles
        yield Task("Schedule the opening", row.title, url, is_mine, "It is cleared", row.opens_at)
