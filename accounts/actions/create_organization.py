"""Somebody registers the organization they work for and becomes its first administrator."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db import IntegrityError, transaction

from accounts.models import Organization, OrganizationRole, User
from accounts.rules.names import name_key
from kit.refusals import refuse
from trail.actions.claim_key import claim_key, settle_key
from trail.actions.open_case import open_case
from trail.actions.record_entry import record_entry
from trail.actors import Actor


@dataclass(frozen=True, slots=True)
class OrganizationDetails:
    """What an organization says of itself."""

    legal_name: str
    uei: str = ""
    county_fips: str = ""
    naics: str = ""


@transaction.atomic
def create_organization(
    *, actor: Actor, at: datetime, details: OrganizationDetails, founder: User, key: str
) -> Organization:
    """Create the organization with its founder as administrator.

    Raises:
        Refused: ``uei_taken``: another organization of the portal has this identifier.
    """
    claim = claim_key(actor=actor, at=at, key=key, verb="create_organization", body=repr(details))
    if claim.result_reference:
        return Organization.objects.get(case__reference=claim.result_reference)
    case = open_case(actor=actor, at=at, kind="organization", prefix="OR")
    try:
        with transaction.atomic():
            row = Organization.objects.create(
                case=case,
                legal_name=details.legal_name,
                name_key=name_key(details.legal_name),
                uei=details.uei,
                county_fips=details.county_fips,
                naics=details.naics,
                created_at=at,
            )
    except IntegrityError as error:
        raise refuse(
            "uei_taken",
            "Another organization already has this unique entity identifier. "
            "Ask its administrator to invite you.",
        ) from error
    OrganizationRole.objects.create(organization=row, user=founder, is_administrator=True, since=at)
    facts = {"legal_name": row.legal_name, "uei": row.uei, "county": row.county_fips}
    record_entry(case=case, actor=actor, at=at, verb="create_organization", facts=facts)
    settle_key(claim, case.reference)
    return row
