"""An agency comes into being with its first administrator."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from accounts.models import Agency, AgencyRole, User
from accounts.rules.roles import AgencyRoleKind
from trail.actions.open_case import open_case
from trail.actions.record_entry import record_entry
from trail.actors import Actor


@dataclass(frozen=True, slots=True)
class NewAgency:
    """What is known of an agency when it joins the portal."""

    name: str
    short_name: str
    slug: str
    kind: str = Agency.Kind.FEDERAL
    state_fips: str = ""
    time_zone: str = "America/New_York"
    contact_name: str = ""
    contact_email: str = ""
    postal_address: str = ""


@transaction.atomic
def found_agency(*, actor: Actor, at: datetime, agency: NewAgency, administrator: User) -> Agency:
    """Create the agency and its first administrator, who gives the other roles."""
    case = open_case(actor=actor, at=at, kind="agency", prefix="AG")
    row = Agency.objects.create(
        case=case,
        name=agency.name,
        short_name=agency.short_name,
        slug=agency.slug,
        kind=agency.kind,
        state_fips=agency.state_fips,
        time_zone=agency.time_zone,
        contact_name=agency.contact_name or str(administrator),
        contact_email=agency.contact_email or administrator.email,
        postal_address=agency.postal_address,
    )
    AgencyRole.objects.create(
        agency=row,
        user=administrator,
        role=AgencyRoleKind.ADMINISTRATOR,
        since=at,
        granted_by=str(actor),
    )
    record_entry(
        case=case,
        actor=actor,
        at=at,
        verb="found_agency",
        facts={"name": row.name, "administrator": f"user:{administrator.pk}"},
        personal={"administrator_name": str(administrator)},
    )
    return row
