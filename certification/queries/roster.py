"""The roster of a group: filtered, sorted, with what a person should look at."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Max, Q, QuerySet

from certification.models import ClusterGroup, Participant
from certification.models.roster import LISTED_STATES
from certification.rules.groups import ParticipantKind
from certification.rules.lookalikes import Named, flags
from certification.rules.states import ParticipantState

SORTS = {
    "name": ("name_key",),
    "state": ("state", "name_key"),
    "role": ("firm_role", "institution_kinds", "name_key"),
    "county": ("county_fips", "name_key"),
    "added": ("added_at", "pk"),
}
DEFAULT_SORT = "name"


@dataclass(frozen=True, slots=True)
class RosterQuestion:
    """Which part of a roster is asked for, in which order."""

    kind: ParticipantKind
    text: str = ""
    state: str = ""
    role: str = ""
    sort: str = DEFAULT_SORT


def roster_of(group: ClusterGroup, question: RosterQuestion) -> QuerySet[Participant]:
    """Return the asked part; the date of the last letter comes as ``last_sent_at``."""
    rows = group.participants.filter(kind=question.kind)
    if question.text:
        rows = rows.filter(
            Q(organization_name__icontains=question.text)
            | Q(contact_name__icontains=question.text)
            | Q(contact_email__icontains=question.text)
        )
    if question.state:
        rows = rows.filter(state=question.state)
    else:
        rows = rows.exclude(state=ParticipantState.WITHDRAWN)
    if question.role:
        is_role = Q(firm_role=question.role) | Q(institution_kinds__contains=[question.role])
        rows = rows.filter(is_role)
    return rows.annotate(last_sent_at=Max("invitations__sent_at")).order_by(*_order(question.sort))


def _order(sort: str) -> list[str]:
    columns = SORTS.get(sort.lstrip("-"), SORTS[DEFAULT_SORT])
    return [f"-{column}" for column in columns] if sort.startswith("-") else list(columns)


def listed_keys(group: ClusterGroup, *, without: Participant | None = None) -> frozenset[str]:
    """Return the name keys of the roster."""
    rows = group.participants.filter(state__in=LISTED_STATES)
    if without is not None:
        rows = rows.exclude(pk=without.pk)
    return frozenset(rows.values_list("name_key", flat=True))


def roster_flags(group: ClusterGroup) -> dict[int, tuple[str, ...]]:
    """Return look-alike names and shared identifiers by participant."""
    rows = group.participants.filter(state__in=LISTED_STATES).order_by("pk")
    columns = rows.values_list("pk", "organization_name", "skeleton_key", "uei")
    return flags(Named(*row) for row in columns)


def answers(group: ClusterGroup, kind: ParticipantKind) -> dict[str, int]:
    """Return how many there are in each state."""
    counts = dict.fromkeys((state.value for state in ParticipantState), 0)
    for state in group.participants.filter(kind=kind).values_list("state", flat=True):
        counts[state] += 1
    return counts
