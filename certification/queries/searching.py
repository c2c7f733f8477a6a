"""What search may find in certification, narrowed to the reader before anything is matched."""

from __future__ import annotations

from collections.abc import Collection

from django.db.models import Q, QuerySet

from accounts.models import User
from accounts.queries.matching import by_name, by_words
from certification.models import Application, ClusterGroup, Participant
from certification.rules.states import ParticipantState


def groups_held(user: User) -> QuerySet[ClusterGroup]:
    """Return the groups in which a person holds a seat."""
    return ClusterGroup.objects.filter(seats__user=user, seats__until=None).distinct()


def cases_read(agencies: Collection[int]) -> QuerySet[Application]:
    """Return the submitted applications of agencies."""
    return Application.objects.filter(agency_id__in=agencies, submitted_at__isnull=False)


def my_groups_like(user: User, text: str) -> QuerySet[ClusterGroup]:
    """Return one's own groups by name, cluster, region or reference."""
    rows = ClusterGroup.objects.filter(pk__in=groups_held(user).values("pk"))
    by_reference = rows.filter(case__reference__iexact=text.strip())
    if by_reference.exists():
        return by_reference.order_by("pk").select_related("case")
    found = by_words(rows, text, "name", "cluster_name", "region_name")
    return found.select_related("case")


def cases_like(agencies: Collection[int], text: str) -> QuerySet[Application]:
    """Return cases of an office by group, cluster, region or reference."""
    rows = cases_read(agencies)
    by_reference = rows.filter(case__reference__iexact=text.strip())
    if by_reference.exists():
        return by_reference.order_by("pk").select_related("case", "group")
    found = by_words(rows, text, "group__name", "cluster_name", "region_name")
    return found.select_related("case", "group")


def participants_like(user: User, agencies: Collection[int], text: str) -> QuerySet[Participant]:
    """Return entries of rosters that the reader sees: of own groups, and of cases of the office."""
    mine = Q(group__in=groups_held(user).values("pk"))
    office = Q(group__in=cases_read(agencies).values("group"))
    rows = Participant.objects.filter(mine | office).exclude(state=ParticipantState.WITHDRAWN)
    return by_name(rows, text, "name_key").select_related("group__case")
