"""What matching funds ask of an office and of a group."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from django.urls import reverse

from accounts.models import User
from accounts.rules.roles import AgencyRoleKind
from clusters_portal.queries.task import Task
from grants.models import Award, Contribution
from grants.queries.complaints import complaints_to_answer
from grants.queries.match_lists import contributions_of_agencies
from grants.rules.match.states import ContributionState

Roles = frozenset[tuple[int, AgencyRoleKind]]
MOST = 20


def match_tasks(user: User, roles: Roles, held: Sequence[Award]) -> list[Task]:
    """Return contributions to verify, questions to answer, and what givers say is wrong."""
    return [*_to_verify(user, roles), *_to_answer(held), *_to_hear(held)]


def _to_verify(user: User, roles: Roles) -> Iterator[Task]:
    agencies = {agency for agency, role in roles if role is AgencyRoleKind.FINANCE_OFFICER}
    if not agencies:
        return
    state = ContributionState.SUBMITTED
    for row in contributions_of_agencies(agencies, user.pk, state=state)[:MOST]:
        url = reverse("grants:staff_contribution", args=[row.reference])
        about = f"{row.pledge.giver_name}, {row.award.title}"
        yield Task("Verify matching funds", about, url, True, "The group waits")


def _to_answer(held: Sequence[Award]) -> Iterator[Task]:
    if not held:
        return
    rows = Contribution.objects.filter(award__in=held, state=ContributionState.QUERIED)
    for row in rows.select_related("award__case", "pledge").order_by("pk")[:MOST]:
        url = reverse("grants:match_contribution", args=[row.award.reference, row.reference])
        about = f"{row.description}, {row.pledge.giver_name}"
        yield Task("Answer a question about match", about, url, True, "The agency waits for you")


def _to_hear(held: Sequence[Award]) -> Iterator[Task]:
    if not held:
        return
    for row in complaints_to_answer(held)[:MOST]:
        url = reverse("grants:complaints", args=[row.award.reference])
        about = f"{row.pledge.giver_name}, {row.award.title}"
        yield Task("Answer what a giver says is wrong", about, url, True, "The giver waits")
