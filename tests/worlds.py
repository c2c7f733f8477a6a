"""Named scenes that tests start from; built through the same actions that people use."""

from __future__ import annotations

from dataclasses import dataclass, field
from io import BytesIO

from accounts.actors import actor_from_user
from accounts.models import Agency, User
from accounts.rules.roles import AgencyRoleKind
from certification.actions.invite_to_seat import Invitee, invite_to_seat
from certification.models import ClusterGroup
from certification.queries.personal_links import token_of
from certification.rules.groups import SeatRole
from certification.rules.participants import InstitutionKind
from certification.rules.region_choice import ChosenCluster, ChosenRegion
from certification.rules.roster_entry import Place
from mapping.actions.ask_for_load import SentFile, SentFiles, ask_for_load
from tests.factories.accounts import make_agency, make_officer, make_organization, make_user
from tests.factories.certification_groups import (
    GLASS,
    TOLEDO,
    ask,
    describe_convening,
    firm_entry,
    institution_entry,
    invite,
    link_of,
    make_group,
    seat_representative,
    sign,
)
from tests.factories.economy import small_economy, small_shapes
from trail.actions.run_job import ask_for_job
from trail.queries.clock import database_now

OFFICERS = {
    "programme_officer": AgencyRoleKind.PROGRAMME_OFFICER,
    "selecting_official": AgencyRoleKind.SELECTING_OFFICIAL,
    "publisher": AgencyRoleKind.PUBLISHER,
    "agency_administrator": AgencyRoleKind.ADMINISTRATOR,
    "auditor": AgencyRoleKind.AUDITOR,
    "conflict_officer": AgencyRoleKind.CONFLICT_OFFICER,
    "finance_officer": AgencyRoleKind.FINANCE_OFFICER,
    "grants_officer": AgencyRoleKind.GRANTS_OFFICER,
    "certifying_officer": AgencyRoleKind.CERTIFYING_OFFICER,
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
    # First, since the little economy wants to be the only one.
    small_shapes(small_economy())
    world = staffed_agency()
    world.people["group_administrator"] = person("Gina Administrator")
    world.people["authorized_representative"] = person("Rosa Representative")
    world.people["organization_administrator"] = person("Olga Administrator")
    organization = make_organization(world.people["organization_administrator"])
    world.places["organization"] = organization.case.reference
    # Its name reads alike: officers find the pair to review.
    twin = make_organization(world.people["stranger"], organization.legal_name.upper())
    world.places["twin"] = twin.case.reference
    add_group(world)
    add_application(world)
    add_decisions(world)
    add_documents(world)
    add_grants(world)
    return world


def add_application(world: World) -> None:
    """A draft that the group's two people write, certify and submit."""
    from tests.factories.applications import started  # noqa: PLC0415 - stands on the people above

    administrator = world.people["group_administrator"]
    home = Agency.objects.get(case__reference=world.places["agency"])
    group = make_group(administrator, home, name="Maumee Glass")
    seat_representative(group, world.people["authorized_representative"])
    world.places["application"] = started(group).case.reference
    world.places["job"] = ask_for_job(
        actor=actor_from_user(administrator),
        at=database_now(),
        kind="import_roster",
        arguments={"title": f"Add 340 organizations to {group.name}", "back": "/groups/"},
    ).reference
    world.places["load"] = ask_for_load(
        actor=actor_from_user(administrator),
        at=database_now(),
        sent=SentFiles([SentFile("set.csv", 2, BytesIO(b"a\n"))], None, administrator.pk, "/{}/"),
        key="load",
    ).reference


def add_decisions(world: World) -> None:
    """A designation on the register, and a case that officers are reviewing."""
    # Imported here: these scenes stand on the people above.
    from tests.db.certification.cases import Office, application_of, group_of  # noqa: PLC0415
    from tests.db.certification.register_scenes import decided, released  # noqa: PLC0415

    home = Agency.objects.get(case__reference=world.places["agency"])
    more = {
        f"second_{persona}": officer(home, role, f"Second {persona.replace('_', ' ').title()}")
        for persona, role in OFFICERS.items()
    }
    place = Office(home, {**world.people, **more})
    designation = decided(place)
    publication = released(place, designation.application)
    case = application_of(place, group_of(place, name="Case Under Review", fips="18041"))
    world.places |= {
        "designation": designation.reference,
        "published_case": designation.application.reference,
        "publication": publication.pk,
        "staff_case": case.reference,
    }


def add_documents(world: World) -> None:
    """A checked document of a group, and a confidential one of a case that officers review."""
    from tests.factories.documents import add, sent, work  # noqa: PLC0415 - records stand on cases
    from trail.models import Case  # noqa: PLC0415

    group = Case.objects.get(reference=world.places["group"])
    case = Case.objects.get(reference=world.places["staff_case"])
    paper = add(group, title="Bylaws")
    secret = add(case, sent(name="payroll.pdf"), kind="evidence", is_confidential=True)
    work()
    world.places |= {"document": paper.reference, "secret": secret.reference}


def add_grants(world: World) -> None:
    """A competition and everything about it that has an address."""
    # Imported here: these scenes stand on the people above.
    from tests.award_worlds import add_awards  # noqa: PLC0415
    from tests.grant_worlds import add_competition, add_panel  # noqa: PLC0415
    from tests.match_worlds import add_match  # noqa: PLC0415
    from tests.proposal_worlds import add_proposals  # noqa: PLC0415
    from tests.result_worlds import add_results  # noqa: PLC0415
    from tests.review_worlds import add_review  # noqa: PLC0415

    home = Agency.objects.get(case__reference=world.places["agency"])
    add_proposals(world, add_competition(world, home))
    add_panel(world, home)
    add_review(world, home)
    add_results(world, home)
    add_match(world, add_awards(world, home))


def add_group(world: World) -> ClusterGroup:
    """A group before its first application, with one of everything that has an address."""
    administrator = world.people["group_administrator"]
    home = Agency.objects.get(case__reference=world.places["agency"])
    group = make_group(administrator, home, name="Lake Erie Glass")
    seat_representative(group, world.people["authorized_representative"])
    seat_invitation = invite_to_seat(
        actor=actor_from_user(administrator),
        at=database_now(),
        group=group,
        invitee=Invitee("Ivo Invited", "ivo@example.org", SeatRole.ADMINISTRATOR),
        key="access-seat",
    )
    firm = invite(group, firm_entry("Kiln Works"))[0]
    world.places |= {
        "group": group.reference,
        "participant": firm.reference,
        "commitment": ask(group).reference,
        "seat_invitation": seat_invitation.reference,
        "seat": group.seats.get(user=administrator).reference,
        "signing_token": link_of(firm),
        "seat_token": token_of(seat_invitation.nonce),
    }
    return group


@dataclass(frozen=True)
class ReadyGroup:
    """A group with the people who act for it."""

    group: ClusterGroup
    administrator: User
    representative: User


def group_ready_to_submit(
    at_agency: Agency | None = None,
    *,
    firms: int = 15,
    cluster: ChosenCluster = GLASS,
    region: ChosenRegion = TOLEDO,
    governments: tuple[tuple[str, str, str], ...] = (
        ("39", "state", "Ohio"),
        ("39", "city", "City of Toledo"),
    ),
) -> ReadyGroup:
    """A group whose members, institutions and governments have signed, and its two people.

    ``governments`` are (state, level, name); pass those of the region when it is another one.
    """
    administrator, representative = make_user(), make_user()
    group = make_group(administrator, at_agency, cluster=cluster, region=region)
    seat_representative(group, representative)
    place = Place(min(region.fips))
    entries = [firm_entry(place=place) for _ in range(firms)]
    kinds = InstitutionKind
    entries += [
        institution_entry("", kinds.UNIVERSITY),
        institution_entry("", kinds.COMMUNITY_COLLEGE, kinds.TRAINING_PROVIDER),
        institution_entry("", kinds.RESEARCH_LABORATORY, votes=0),
    ]
    for participant in invite(group, *entries):
        sign(participant, is_public_consented=participant.is_firm)
    for state, level, name in governments:
        sign(ask(group, name, level=level, state_fips=state), title="Director")
    describe_convening(group)
    return ReadyGroup(group, administrator, representative)
