"""Who may open an organization: its members; others never learn that it is here."""

from __future__ import annotations

from django.http import HttpRequest

from accounts.actors import person_of
from accounts.gates import NOBODY_KNOWS
from accounts.models import OrganizationRole
from accounts.queries.officers import holds_role
from accounts.rules.roles import AgencyRoleKind
from kit.refusals import Refusal


def member_of_organization(request: HttpRequest, *, organization: str) -> Refusal | None:
    """Let members of the organization pass."""
    return None if _membership(request, organization) else NOBODY_KNOWS


def administrator_of_organization(request: HttpRequest, *, organization: str) -> Refusal | None:
    """Let administrators of the organization pass; members learn why they do not."""
    role = _membership(request, organization)
    if role is None:
        return NOBODY_KNOWS
    if role.organization.superseded_by_id is not None:
        return Refusal(
            "merged",
            "This organization was merged with another one. Nothing changes here any more.",
        )
    if role.is_administrator:
        return None
    return Refusal(
        "not_administrator",
        "Only administrators of the organization invite and remove members. Ask one of them.",
    )


def reviews_organizations(request: HttpRequest, **_route: object) -> Refusal | None:
    """Let agency administrators and programme officers pass: they look at duplicates."""
    roles = (AgencyRoleKind.ADMINISTRATOR, AgencyRoleKind.PROGRAMME_OFFICER)
    return None if holds_role(request, *roles) else NOBODY_KNOWS


def confirms_domains(request: HttpRequest, **_route: object) -> Refusal | None:
    """Let agency administrators pass; programme officers learn who confirms."""
    if holds_role(request, AgencyRoleKind.ADMINISTRATOR):
        return None
    if holds_role(request, AgencyRoleKind.PROGRAMME_OFFICER):
        return Refusal("not_administrator", "Only an administrator of an agency confirms a domain.")
    return NOBODY_KNOWS


def _membership(request: HttpRequest, organization: str) -> OrganizationRole | None:
    rows = OrganizationRole.objects.select_related("organization")
    return rows.filter(
        organization__case__reference=organization, user=person_of(request), until=None
    ).first()
