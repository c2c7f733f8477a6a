"""Organizations as search finds them: one's own, and all of them for officers who review them."""

from __future__ import annotations

from django.urls import reverse

from accounts.models import Organization
from accounts.queries.matching import by_name
from accounts.rules.roles import AgencyRoleKind
from accounts.searching import NOTHING, Hit, Hits, Kind, Question

REVIEWERS = (AgencyRoleKind.ADMINISTRATOR, AgencyRoleKind.PROGRAMME_OFFICER)


def find_organizations(question: Question) -> Hits:
    """Answer for members and for officers; to everybody else there are none."""
    if question.person is None:
        return NOTHING
    is_officer = bool(question.holds(*REVIEWERS))
    rows = Organization.objects.all()
    if not is_officer:
        rows = rows.filter(roles__user=question.person, roles__until=None)
    found = by_name(rows, question.text, "name_key")
    part = found.select_related("case")[question.first : question.first + question.count]
    route = "accounts:staff_organization" if is_officer else "accounts:organization"
    return Hits(
        found.count(),
        tuple(
            Hit(
                row.legal_name,
                reverse(route, args=[row.case.reference]),
                row.case.reference + (" · merged with another one" if row.superseded_by_id else ""),
            )
            for row in part
        ),
    )


ORGANIZATIONS = Kind("organizations", "Organizations", "organization", 90, find_organizations)
