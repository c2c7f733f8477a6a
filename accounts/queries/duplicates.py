"""Organizations that may be one."""

from __future__ import annotations

from collections.abc import Collection

from django.db.models import Q, QuerySet

from accounts.models import DuplicateReview, Organization, OrganizationRole
from accounts.queries.look_of_names import skeleton_of
from accounts.rules.duplicates import Marks
from accounts.rules.names import name_key
from accounts.rules.states import DuplicateState

MOST_SHOWN = 5


def marks_of(row: Organization) -> Marks:
    """Return by what an organization is recognized."""
    return Marks(row.name_key, row.skeleton_key, row.ein)


def alike(marks: Marks, *, without: int = 0) -> QuerySet[Organization]:
    """Return organizations that share a mark; merged ones are left out."""
    fits = Q(name_key=marks.name_key) | Q(skeleton_key=marks.skeleton_key)
    if marks.ein:
        fits |= Q(ein=marks.ein)
    rows = Organization.objects.filter(fits, superseded_by=None).exclude(pk=without)
    return rows.select_related("case").order_by("pk")


def alike_by_name(legal_name: str, *, without: int = 0) -> list[Organization]:
    """Return organizations whose name reads like this one, as the form may show them."""
    marks = Marks(name_key(legal_name), skeleton_of(legal_name))
    return list(alike(marks, without=without)[:MOST_SHOWN])


def has_same_ein(ein: str, *, without: int = 0) -> bool:
    """Whether another organization gave this number; which one is not told."""
    rows = Organization.objects.filter(ein=ein, superseded_by=None).exclude(pk=without)
    return bool(ein) and rows.exists()


def reviews(state: DuplicateState | None = DuplicateState.OPEN) -> QuerySet[DuplicateReview]:
    """Return pairs, the oldest first; open ones of merged organizations are done."""
    rows = DuplicateReview.objects.select_related("first__case", "second__case")
    if state is not None:
        rows = rows.filter(state=state)
    if state is DuplicateState.OPEN:
        rows = rows.filter(first__superseded_by=None, second__superseded_by=None)
    return rows.order_by("opened_at", "pk")


def members_of(organizations: Collection[int]) -> frozenset[int]:
    """Return who belongs to any of these organizations."""
    rows = OrganizationRole.objects.filter(organization__in=organizations, until=None)
    return frozenset(rows.values_list("user_id", flat=True))
