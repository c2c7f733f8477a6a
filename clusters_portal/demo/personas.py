"""The people of the demo world who have accounts; made in the demo settings only."""

from __future__ import annotations

import time
from dataclasses import dataclass
from datetime import datetime

from allauth.account.models import EmailAddress
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, hotp_value
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.db import transaction

from accounts.actions.found_agency import NewAgency, found_agency
from accounts.actions.grant_agency_role import grant_agency_role
from accounts.actors import actor_from_user
from accounts.models import Agency, User
from accounts.rules.roles import ROLE_LABELS, AgencyRoleKind
from trail.actors import SYSTEM

AGENCY = NewAgency(
    name="Office of Regional Clusters",
    short_name="Regional Clusters",
    slug="orc",
    contact_name="Helen Park",
    contact_email="help@regional-clusters.example",
    postal_address="1400 Meridian Street\nWashington, DC 20230",
)
HOST = "demo.example"


@dataclass(frozen=True)
class Persona:
    """Somebody to be in the demo world."""

    key: str
    name: str
    title: str
    does: str
    roles: tuple[AgencyRoleKind, ...] = ()
    is_on_panel: bool = False

    @property
    def email(self) -> str:
        """The address to sign in with."""
        return f"{self.name.lower().replace(' ', '.')}@{HOST}"

    @property
    def role_words(self) -> str:
        """What they are, in words."""
        return ", ".join(ROLE_LABELS[role] for role in self.roles) or self.title

    @property
    def is_officer(self) -> bool:
        """Whether a second step is needed to sign in."""
        return bool(self.roles) or self.is_on_panel


_R = AgencyRoleKind
PERSONAS = (
    Persona("maria", "Maria Delgado", "Group administrator", "Runs groups and writes applications"),
    Persona("james", "James Whitfield", "Authorized representative", "Certifies and submits"),
    Persona("aisha", "Aisha Rahman", "Group administrator", "Runs groups of other regions"),
    Persona("peter", "Peter Lindgren", "Authorized representative", "Certifies for them"),
    Persona(
        "dana", "Dana Whitehorse", "Programme officer", "Reviews evidence", (_R.PROGRAMME_OFFICER,)
    ),
    Persona(
        "omar",
        "Omar Haddad",
        "Programme officer",
        "Checks what Dana wrote",
        (_R.PROGRAMME_OFFICER,),
    ),
    Persona(
        "ruth",
        "Ruth Castellan",
        "Selecting official",
        "Decides, and never reviews",
        (_R.SELECTING_OFFICIAL,),
    ),
    Persona("kofi", "Kofi Mensah", "Publisher", "Prepares the register", (_R.PUBLISHER,)),
    Persona("lena", "Lena Brandt", "Publisher", "Releases what Kofi prepared", (_R.PUBLISHER,)),
    Persona("ivan", "Ivan Petrov", "Auditor", "Reads everything, changes nothing", (_R.AUDITOR,)),
    Persona("grace", "Grace Okafor", "Legal counsel", "Clears the law", (_R.LEGAL_COUNSEL,)),
    Persona("hugo", "Hugo Lindqvist", "Budget officer", "Clears the money", (_R.BUDGET_OFFICER,)),
    Persona(
        "nadia",
        "Nadia Karim",
        "Paperwork clearance officer",
        "Clears the forms",
        (_R.PAPERWORK_OFFICER,),
    ),
    Persona(
        "helen", "Helen Park", "Agency administrator", "Gives and ends roles", (_R.ADMINISTRATOR,)
    ),
    Persona(
        "samir",
        "Samir Nasser",
        "Conflict officer",
        "Looks at ties between reviewers and proposals",
        (_R.CONFLICT_OFFICER,),
    ),
    Persona("edith", "Edith Moreau", "Panel chair", "Chairs a panel", is_on_panel=True),
    Persona("nina", "Nina Sorensen", "Reviewer", "Reviews; has a hard tie", is_on_panel=True),
    Persona("enzo", "Enzo Marchetti", "Reviewer", "Reviews; has a soft tie", is_on_panel=True),
    Persona("mei", "Mei Tanaka", "Reviewer", "Reviews; tied to nobody", is_on_panel=True),
    Persona("tomas", "Tomas Vrba", "Reviewer", "Reviews; scores strictly", is_on_panel=True),
    Persona("yara", "Yara Benali", "Reviewer", "Reviews; scores kindly", is_on_panel=True),
    Persona(
        "thea",
        "Thea Johansen",
        "Appeals officer",
        "Decides appeals against results",
        (_R.APPEALS_OFFICER,),
    ),
    Persona(
        "farid",
        "Farid Azimi",
        "Finance officer",
        "Confirms funds and verifies match",
        (_R.FINANCE_OFFICER,),
    ),
    Persona(
        "greta",
        "Greta Holm",
        "Grants officer",
        "Obligates and offers awards",
        (_R.GRANTS_OFFICER,),
    ),
    Persona(
        "chidi",
        "Chidi Eze",
        "Certifying officer",
        "Certifies payments",
        (_R.CERTIFYING_OFFICER,),
    ),
)
BY_KEY = {persona.key: persona for persona in PERSONAS}


def people_here() -> list[Persona]:
    """Who can be somebody in this world: one made by an earlier release may lack people."""
    emails = [persona.email for persona in PERSONAS]
    here = set(User.objects.filter(email__in=emails).values_list("email", flat=True))
    return [persona for persona in PERSONAS if persona.email in here]


def code_now() -> str:
    """Return what the authenticator apps of all officers of the demo world show."""
    step = int(time.time()) // 30
    return str(format_hotp_value(hotp_value(settings.DEMO_TOTP_SECRET, step)))


@transaction.atomic
def make_people(at: datetime) -> dict[str, User]:
    """Make everybody who is missing, the agency and its roles; return people by key."""
    if not settings.IS_DEMO:
        message = "demo people exist in the demo settings only"
        raise ImproperlyConfigured(message)
    people = {persona.key: _person(persona) for persona in PERSONAS}
    administrator = people["helen"]
    agency = Agency.objects.filter(slug=AGENCY.slug).first() or found_agency(
        actor=SYSTEM, at=at, agency=AGENCY, administrator=administrator
    )
    held = set(agency.roles.filter(until=None).values_list("user_id", "role"))
    for persona in PERSONAS:
        for role in persona.roles:
            if (people[persona.key].pk, role.value) not in held:
                grant_agency_role(
                    actor=actor_from_user(administrator),
                    at=at,
                    agency=agency,
                    user=people[persona.key],
                    role=role,
                )
    return people


def _person(persona: Persona) -> User:
    found = User.objects.filter(email=persona.email).first()
    if found is not None:
        return found
    user = User.objects.create_user(
        persona.email, settings.DEMO_PASSWORD, name=persona.name, title=persona.title
    )
    EmailAddress.objects.create(user=user, email=persona.email, verified=True, primary=True)
    if persona.is_officer:
        TOTP.activate(user, settings.DEMO_TOTP_SECRET)
        RecoveryCodes.activate(user)
    return user
