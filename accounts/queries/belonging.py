"""Ways in which a person may come to belong to an organization."""

from __future__ import annotations

from django.db.models import Exists, OuterRef, QuerySet

from accounts.models import JoinRequest, Organization, OrganizationRole, User
from accounts.queries.people import verified_addresses
from accounts.rules.belonging import OPEN_MAIL_DOMAINS, domain_of


def open_to(user: User) -> QuerySet[Organization]:
    """Return organizations that a person may join by a verified address of their domain."""
    domains = {domain_of(one) for one in verified_addresses(user)} - OPEN_MAIL_DOMAINS
    mine = OrganizationRole.objects.filter(organization=OuterRef("pk"), user=user, until=None)
    return (
        Organization.objects.filter(
            domains__domain__in=domains,
            domains__ended_at=None,
            domains__proven_at__isnull=False,
            superseded_by=None,
        )
        .exclude(Exists(mine))
        .select_related("case")
        .distinct()
        .order_by("name_key")
    )


def requests_of(user: User) -> QuerySet[JoinRequest]:
    """Return what a person has asked and nobody has answered."""
    rows = JoinRequest.objects.filter(user=user, answered_at=None)
    return rows.select_related("organization__case").order_by("asked_at")


def requests_to(organization: Organization) -> QuerySet[JoinRequest]:
    """Return who asks to join."""
    rows = organization.join_requests.filter(answered_at=None)
    return rows.select_related("user").order_by("asked_at")
