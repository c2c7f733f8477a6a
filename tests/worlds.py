"""Named scenes that tests start from; built through the same actions that people use."""

from __future__ import annotations

from dataclasses import dataclass, field

from accounts.models import Agency, User
from accounts.rules.roles import AgencyRoleKind
from tests.factories.accounts import make_agency, make_officer, make_organization, make_user

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


def person(name: str, **options: bool) -> User:
    """A person with a password that every test knows."""
    return make_user(name, f"{name.lower().replace(' ', '.')}@example.org", **options)


def agency(name: str = "Office of Regional Clusters", slug: str = "orc") -> Agency:
    """A federal agency, with an administrator of its own."""
    return make_agency(name, slug=slug)


def officer(at_agency: Agency, role: AgencyRoleKind, name: str) -> User:
    """Somebody who holds one role and passes the second sign-in step."""
    return make_officer(at_agency, role, name=name)


def staffed_agency() -> World:
    """An agency with one officer of each kind, and another agency's officer."""
    home, other = agency(), agency("Bureau of Other Matters", "bom")
    world = World(places={"agency": home.case.reference})
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
    world.people["organization_administrator"] = person("Olga Administrator")
    organization = make_organization(world.people["organization_administrator"])
    world.places["organization"] = organization.case.reference
    return world
