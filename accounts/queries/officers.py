"""Who holds which role where."""

from __future__ import annotations

from django.http import HttpRequest

from accounts.models import Agency, AgencyRole
from accounts.rules.roles import AgencyRoleKind


def roles_of(request: HttpRequest) -> frozenset[tuple[int, AgencyRoleKind]]:
    """Return (agency key, role) pairs of the signed-in person, read once per request."""
    held = getattr(request, "_agency_roles", None)
    if held is None:
        held = frozenset()
        if request.user.is_authenticated:
            rows = AgencyRole.objects.filter(user_id=request.user.pk, until=None)
            held = frozenset(
                (agency, AgencyRoleKind(role))
                for agency, role in rows.values_list("agency_id", "role")
            )
        request._agency_roles = held  # type: ignore[attr-defined]  # noqa: SLF001
    return held


def holds_role(
    request: HttpRequest, *roles: AgencyRoleKind, agency: Agency | int | None = None
) -> bool:
    """Whether the person holds one of the roles, at the given agency or at any."""
    wanted = agency.pk if isinstance(agency, Agency) else agency
    return any(
        role in roles and (wanted is None or held_at == wanted)
        for held_at, role in roles_of(request)
    )


def is_officer(person: int) -> bool:
    """Whether somebody holds any agency role today."""
    return AgencyRole.objects.filter(user_id=person, until=None).exists()
