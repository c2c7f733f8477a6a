"""Who may see and change what figures rest on."""

from __future__ import annotations

from django.http import HttpRequest

from accounts.queries.officers import holds_role, roles_of
from accounts.rules.roles import AgencyRoleKind
from kit.refusals import Refusal

SWITCHERS = (AgencyRoleKind.PROGRAMME_OFFICER, AgencyRoleKind.ADMINISTRATOR)


def may_see_releases(request: HttpRequest, **_route: object) -> Refusal | None:
    """Officers of any agency and auditors see the data releases."""
    if roles_of(request):
        return None
    return Refusal("officers_only", "Data releases are kept by the officers of the agencies.")


def may_switch_basis(request: HttpRequest, **_route: object) -> Refusal | None:
    """Programme officers and administrators choose the figures that decisions rest on."""
    refusal = may_see_releases(request)
    if refusal is not None or holds_role(request, *SWITCHERS):
        return refusal
    return Refusal(
        "switch_needs_role",
        "Only a programme officer or an agency administrator chooses which data count.",
    )


def may_load_data(request: HttpRequest, **_route: object) -> Refusal | None:
    """Programme officers and administrators bring data in and publish measures."""
    refusal = may_see_releases(request)
    if refusal is not None or holds_role(request, *SWITCHERS):
        return refusal
    return Refusal(
        "load_needs_role",
        "Only a programme officer or an agency administrator loads data and publishes measures.",
    )
