"""Groups with rosters, partners and convening bodies, made by the acts that people use."""

from __future__ import annotations

import itertools
from decimal import Decimal

from accounts.actors import actor_from_user
from accounts.models import Agency, User
from certification.actions.accept_seat import accept_seat
from certification.actions.ask_government import ask_government
from certification.actions.invite_participants import invite_participants
from certification.actions.invite_to_seat import Invitee, invite_to_seat
from certification.actions.save_convening import ConveningDraft, save_convening
from certification.actions.send_code import send_code
from certification.actions.sign_answer import SignedAnswer, sign_answer
from certification.actions.start_group import start_group
from certification.models import (
    ClusterGroup,
    ConveningBody,
    GovernmentCommitment,
    Invitation,
    Participant,
    Signature,
)
from certification.queries.addressees import Addressee
from certification.queries.personal_links import code_of, token_of
from certification.rules.groups import RegionKind, SeatRole
from certification.rules.participants import FirmRole, InstitutionKind
from certification.rules.region_choice import ChosenCluster, ChosenRegion, GroupDraft
from certification.rules.roster_entry import Contact, GovernmentBody, Place, RosterEntry
from tests.factories.accounts import make_agency, make_user
from trail.actors import Actor
from trail.queries.clock import database_now

_numbers = itertools.count(1)
GLASS = ChosenCluster("test-set", "17", "Glass Products")
TOLEDO = ChosenRegion(
    RegionKind.CUSTOM, "", "Lake Erie shore", frozenset({"39035", "39095", "39153"})
)
ROLES = (
    FirmRole.END_PRODUCER,
    FirmRole.SUPPLIER,
    FirmRole.MACHINERY,
    FirmRole.SERVICES,
    FirmRole.LOGISTICS,
)


def fresh_key(stem: str = "key") -> str:
    """A key as the hidden field of a form would carry it."""
    return f"{stem}-{next(_numbers)}"


def make_draft(
    agency: Agency,
    *,
    name: str = "",
    cluster: ChosenCluster = GLASS,
    region: ChosenRegion = TOLEDO,
) -> GroupDraft:
    """What the page "Start a group" would send."""
    return GroupDraft(
        name=name or f"Glass Makers {next(_numbers)}",
        purpose="Share furnaces, train glassblowers, sell abroad together.",
        cluster=cluster,
        region=region,
        agency_id=agency.pk,
    )


def make_group(
    administrator: User | None = None,
    agency: Agency | None = None,
    *,
    name: str = "",
    cluster: ChosenCluster = GLASS,
    region: ChosenRegion = TOLEDO,
) -> ClusterGroup:
    """Make a group; its founder is the administrator."""
    founder = administrator or make_user()
    draft = make_draft(agency or make_agency(), name=name, cluster=cluster, region=region)
    return start_group(
        actor=actor_from_user(founder),
        at=database_now(),
        founder=founder,
        draft=draft,
        key=fresh_key("start"),
    )


def administrator_of(group: ClusterGroup) -> Actor:
    """The actor who runs the group."""
    return actor_from_user(group.seats.filter(role=SeatRole.ADMINISTRATOR)[0].user)


def seat_representative(group: ClusterGroup, person: User | None = None) -> User:
    """Ask a person to certify for the group, and let them accept."""
    return _seat(group, person or make_user(), SeatRole.AUTHORIZED_REPRESENTATIVE)


def seat_administrator(group: ClusterGroup, person: User) -> User:
    """Ask one more person to run the group, and let them accept."""
    return _seat(group, person, SeatRole.ADMINISTRATOR)


def _seat(group: ClusterGroup, person: User, role: SeatRole) -> User:
    invitation = invite_to_seat(
        actor=administrator_of(group),
        at=database_now(),
        group=group,
        invitee=Invitee(str(person), person.email, role),
        key=fresh_key("seat"),
    )
    accept_seat(
        actor=actor_from_user(person), at=database_now(), person=person, invitation=invitation
    )
    return person


def firm_entry(name: str = "", **details: object) -> RosterEntry:
    """A small firm of its own."""
    number = next(_numbers)
    name = name or f"Kiln Works {number}"
    values: dict[str, object] = {
        "kind": "firm",
        "organization_name": name,
        "place": Place("39095"),
        "contact": Contact(f"Owner {number}", f"owner{number}@firm{number}.example"),
        "firm_role": ROLES[number % len(ROLES)].value,
        "size_class": "small",
    }
    return RosterEntry(**{**values, **details})


def institution_entry(name: str = "", *kinds: InstitutionKind, votes: int = 1) -> RosterEntry:
    """A college, unless kinds say otherwise."""
    number = next(_numbers)
    return RosterEntry(
        kind="institution",
        organization_name=name or f"College {number}",
        place=Place("39095"),
        contact=Contact(f"Dean {number}", f"dean{number}@college{number}.example"),
        institution_kinds=tuple(k.value for k in kinds or (InstitutionKind.COMMUNITY_COLLEGE,)),
        votes=votes,
    )


def invite(group: ClusterGroup, *entries: RosterEntry) -> list[Participant]:
    """Put entries on the roster."""
    return invite_participants(
        actor=administrator_of(group),
        at=database_now(),
        group=group,
        entries=entries,
        key=fresh_key("invite"),
    )


def ask(group: ClusterGroup, body_name: str = "Ohio", **details: str) -> GovernmentCommitment:
    """Ask a government; a state unless `level` says otherwise."""
    number = next(_numbers)
    body = GovernmentBody(
        level=details.get("level", "state"),
        body_name=body_name,
        state_fips=details.get("state_fips", "39"),
        county_fips=details.get("county_fips", ""),
        contact=Contact(f"Director {number}", f"director{number}@gov{number}.example"),
    )
    return ask_government(
        actor=administrator_of(group),
        at=database_now(),
        group=group,
        body=body,
        key=fresh_key("ask"),
    )


def link_of(addressee: Addressee) -> str:
    """The token in the newest letter to somebody."""
    return token_of(addressee.invitations.order_by("-pk")[0].nonce)


def read_code(token: str) -> str:
    """Ask for a code and read it from the letter."""
    return code_of(send_code(at=database_now(), token=token))


def signed_answer(code: str, **details: object) -> SignedAnswer:
    """What somebody types who agrees."""
    values: dict[str, object] = {"name": "Ana Reyes", "title": "Owner", "is_agreed": True}
    return SignedAnswer(**{"code": code, **values, **details})


def sign(addressee: Addressee, **details: object) -> Signature:
    """Walk the whole way of somebody who was asked: link, code, signature."""
    token = link_of(addressee)
    answer = signed_answer(read_code(token), **details)
    return sign_answer(at=database_now(), token=token, answer=answer, key=fresh_key("sign"))


def describe_convening(group: ClusterGroup, **values: object) -> ConveningBody:
    """A convening body that meets criterion 5."""
    complete: dict[str, object] = {
        "legal_name": f"{group.name} Association",
        "form": "entity",
        "management_fte": Decimal("1.00"),
        "is_management_paid_or_pledged": True,
        "has_open_admission_rule": True,
        "admission_rule_text": "Any firm or institution of the cluster may join.",
        "members_jobs": 900,
        "has_published_dues": True,
        "dues_relief_rule": "Firms with fewer than ten people pay a tenth.",
        "has_antitrust_statement": True,
        "antitrust_policy_text": "We do not discuss prices, customers or bids.",
    }
    draft = ConveningDraft(
        values={**complete, **values},
        board={"end_producer": 2, "supplier": 2, "services": 1, "institution": 2},
        dues=(("Firms with up to 50 people", Decimal(250)), ("Larger firms", Decimal(1500))),
        version=ConveningBody.objects.filter(group=group).count(),
    )
    return save_convening(
        actor=administrator_of(group),
        at=database_now(),
        group=group,
        draft=draft,
        key=fresh_key("convening"),
    )


def open_link(addressee: Addressee) -> Invitation:
    """The newest link of somebody."""
    return addressee.invitations.order_by("-pk")[0]
