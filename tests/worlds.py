"""Named scenes that tests start from; built through the same actions that people use."""

from __future__ import annotations

from dataclasses import dataclass, field

from accounts.models import Agency, AgencyRole, User
from accounts.rules.roles import AgencyRoleKind
from trail.queries.clock import database_now

OFFICERS = {
    "programme_officer": AgencyRoleKind.PROGRAMME_OFFICER,
    "selecting_official": AgencyRoleKind.SELECTING_OFFICIAL,
    "publisher": AgencyRoleKind.PUBLISHER,
    "agency_administrator": AgencyRoleKind.ADMINISTRATOR,
    "auditor": AgencyRoleKind.AUDITOR,
}


@dataclass
class World:
    """People by persona and the places that a route's address is filled from."""

    people: dict[str, User] = field(default_factory=dict)
    places: dict[str, object] = field(default_factory=dict)


def person(name: str, **fields: object) -> User:
    """A person with a password that every test knows."""
    email = f"{name.lower().replace(' ', '.')}@example.org"
    return User.objects.create_user(email, "correct horse battery staple", name=name, **fields)


def agency(name: str = "Office of Regional Clusters", slug: str = "orc") -> Agency:
    """A federal agency."""
    return Agency.objects.create(
        name=name,
        short_name=slug.upper(),
        slug=slug,
        kind=Agency.Kind.FEDERAL,
        contact_name="Helen Park",
        contact_email=f"help@{slug}.example",
    )


def officer(at_agency: Agency, role: AgencyRoleKind, name: str) -> User:
    """Somebody who holds one role."""
    user = person(name)
    AgencyRole.objects.create(agency=at_agency, user=user, role=role, since=database_now())
    return user


def staffed_agency() -> World:
    """An agency with one officer of each kind, and another agency's officer."""
    home, other = agency(), agency("Bureau of Other Matters", "bom")
    world = World(places={"agency": home.slug})
    for persona, role in OFFICERS.items():
        world.people[persona] = officer(home, role, f"{persona.replace('_', ' ').title()}")
    world.people["other_programme_officer"] = officer(
        other, AgencyRoleKind.PROGRAMME_OFFICER, "Other Officer"
    )
    world.people["stranger"] = person("Sam Stranger")
    return world


def access_world() -> World:
    """Every persona of the access matrix."""
    world = staffed_agency()
    world.people["group_administrator"] = person("Gina Administrator")
    world.people["authorized_representative"] = person("Rosa Representative")
    return world
