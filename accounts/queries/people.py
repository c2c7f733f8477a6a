"""What belongs to a person: verified addresses, organizations, open invitations, roles."""

from __future__ import annotations

from datetime import datetime

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.db.models import QuerySet
from django.http import HttpRequest

from accounts.actors import person_of
from accounts.models import AgencyRole, OrganizationInvitation, OrganizationRole, User
from accounts.queries.officers import roles_of


def verified_addresses(user: User) -> frozenset[str]:
    """Return the addresses that the person has proved to own, in lower case."""
    rows = EmailAddress.objects.filter(user=user, verified=True)
    return frozenset(address.lower() for address in rows.values_list("email", flat=True))


def has_second_step(user: User) -> bool:
    """Whether the person confirms sign-in with an authenticator app or a passkey."""
    return second_steps(user) > 0


def second_steps(user: User) -> int:
    """Return how many apps and passkeys can confirm the person's sign-in."""
    kinds = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)
    return int(Authenticator.objects.filter(user=user, type__in=kinds).count())


def lacks_second_step(request: HttpRequest) -> bool:
    """Whether an officer of an agency signs in with a password alone."""
    return bool(roles_of(request)) and not has_second_step(person_of(request))


def memberships_of(user: User) -> QuerySet[OrganizationRole]:
    """Return where the person belongs today."""
    rows = OrganizationRole.objects.filter(user=user, until=None)
    return rows.select_related("organization__case").order_by("organization__legal_name")


def invitations_for(user: User, at: datetime) -> QuerySet[OrganizationInvitation]:
    """Return open invitations to organizations for the person's verified addresses."""
    return (
        OrganizationInvitation.objects.filter(
            email__in=verified_addresses(user), answered_at=None, expires_at__gt=at
        )
        .select_related("organization__case")
        .order_by("invited_at")
    )


def offices_of(user: User) -> QuerySet[AgencyRole]:
    """Return the agency roles that the person holds today."""
    rows = AgencyRole.objects.filter(user=user, until=None)
    return rows.select_related("agency__case").order_by("agency__name", "role")
