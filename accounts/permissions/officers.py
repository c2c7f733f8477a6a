"""Who may see and give an agency's roles: its administrators."""

from __future__ import annotations

from django.http import HttpRequest

from accounts.gates import NOBODY_KNOWS
from accounts.models import Agency
from accounts.queries.officers import holds_role, roles_of
from accounts.rules.roles import AgencyRoleKind
from kit.refusals import Refusal


def administrator_of_agency(request: HttpRequest, *, agency: str) -> Refusal | None:
    """Let administrators of the agency pass; its other officers learn why they do not."""
    key = Agency.objects.filter(case__reference=agency).values_list("pk", flat=True).first()
    if key is None or all(at != key for at, _ in roles_of(request)):
        return NOBODY_KNOWS
    if holds_role(request, AgencyRoleKind.ADMINISTRATOR, agency=key):
        return None
    return Refusal("not_administrator", "Only an administrator of the agency gives and ends roles.")
