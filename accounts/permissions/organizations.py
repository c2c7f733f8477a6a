"""Who may open an organization: its members; others never learn that it is here."""

from __future__ import annotations

from django.http import HttpRequest

from accounts.actors import person_of
from accounts.gates import NOBODY_KNOWS
from accounts.models import OrganizationRole
from kit.refusals import Refusal


def member_of_organization(request: HttpRequest, *, organization: str) -> Refusal | None:
    """Let members of the organization pass."""
    return None if _membership(request, organization) else NOBODY_KNOWS


def administrator_of_organization(request: HttpRequest, *, organization: str) -> Refusal | None:
    """Let administrators of the organization pass; members learn why they do not."""
    role = _membership(request, organization)
    if role is None:
        return NOBODY_KNOWS
    if role.is_administrator:
        return None
    return Refusal(
        "not_administrator",
        "Only administrators of the organization invite and remove members. Ask one of them.",
    )


def _membership(request: HttpRequest, organization: str) -> OrganizationRole | None:
    return OrganizationRole.objects.filter(
        organization__case__reference=organization, user=person_of(request), until=None
    ).first()
