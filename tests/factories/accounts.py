"""People, agencies, officers, organizations."""

from __future__ import annotations

import itertools

from allauth.account.models import EmailAddress
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP

from accounts.actions.create_organization import OrganizationDetails, create_organization
from accounts.actions.found_agency import NewAgency, found_agency
from accounts.actors import actor_from_user
from accounts.models import Agency, AgencyRole, Organization, User
from accounts.rules.roles import AgencyRoleKind
from trail.actors import SYSTEM
from trail.queries.clock import database_now

PASSWORD = "correct-horse-battery-9"
TOTP_SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
_numbers = itertools.count(1)


def make_user(name: str = "", email: str = "", *, has_second_step: bool = False) -> User:
    """Make a person with a verified address and the password ``PASSWORD``."""
    number = next(_numbers)
    email = email or f"person{number}@example.org"
    user = User.objects.create_user(email, PASSWORD, name=name or f"Person {number}")
    EmailAddress.objects.create(user=user, email=email, verified=True, primary=True)
    if has_second_step:
        TOTP.activate(user, TOTP_SECRET)
        RecoveryCodes.activate(user)
    return user


def make_agency(name: str = "", administrator: User | None = None, **details: str) -> Agency:
    """Make an agency; the administrator is made too unless given."""
    number = next(_numbers)
    agency = NewAgency(
        name=name or f"Office of Regional Clusters {number}",
        short_name=name or f"Regional Clusters {number}",
        slug=details.pop("slug", f"agency-{number}"),
        **details,
    )
    return found_agency(
        actor=SYSTEM,
        at=database_now(),
        agency=agency,
        administrator=administrator or make_officer_user(),
    )


def make_officer_user(name: str = "") -> User:
    """Make a person who passes the second sign-in step, as officers must."""
    return make_user(name, has_second_step=True)


def make_officer(agency: Agency, *roles: AgencyRoleKind, name: str = "") -> User:
    """Make an officer of the agency with these roles."""
    user = make_officer_user(name)
    for role in roles:
        AgencyRole.objects.create(agency=agency, user=user, role=role, since=database_now())
    return user


def make_organization(founder: User | None = None, legal_name: str = "") -> Organization:
    """Make an organization with its founder as administrator."""
    number = next(_numbers)
    founder = founder or make_user()
    return create_organization(
        actor=actor_from_user(founder),
        at=database_now(),
        details=OrganizationDetails(legal_name or f"Works {number}, Inc.", county_fips="39035"),
        founder=founder,
        key=f"organization-{number}",
    )
