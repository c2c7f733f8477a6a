"""Groups of the demo world: founded, seated, invited and signed by the acts that people use."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
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
from certification.models import ClusterGroup, Invitation
from certification.queries.personal_links import code_of, token_of
from certification.rules.groups import ParticipantKind, SeatRole, SizeClass
from certification.rules.participants import FirmRole, InstitutionKind
from certification.rules.region_choice import GroupDraft
from certification.rules.roster_entry import Contact, GovernmentBody, RosterEntry
from certification.rules.roster_entry import Place as Address
from clusters_portal.demo.names import NameBook
from clusters_portal.demo.places import Place
from mapping.models import State
from mapping.queries.basis import current_basis
from mapping.queries.regions import counties_named, states_share
from trail.actors import Actor

FIRM_ROLES = (
    *(FirmRole.END_PRODUCER,) * 5,
    *(FirmRole.SUPPLIER,) * 5,
    FirmRole.MACHINERY,
    *(FirmRole.SERVICES,) * 2,
    FirmRole.LOGISTICS,
    FirmRole.DISTRIBUTION,
)
TITLES = ("President", "Owner", "General Manager", "Director of Operations", "Vice President")


@dataclass
class Story:
    """One group's time line: each act happens a little later than the one before."""

    book: NameBook
    at: datetime
    administrator: User
    representative: User
    steps: int = 0

    def later(self, **span: float) -> datetime:
        """Move on and return the new instant."""
        self.at += timedelta(**span)
        return self.at

    def key(self) -> str:
        """Return an idempotency key of the demo's own."""
        self.steps += 1
        return f"demo-{self.administrator.pk}-{self.at:%Y%m%d%H%M%S}-{self.steps}"

    @property
    def actor(self) -> Actor:
        """The group administrator as an actor."""
        return actor_from_user(self.administrator)


def found_group(story: Story, place: Place, agency: Agency, name: str) -> ClusterGroup:
    """Found a group and seat its authorized representative."""
    draft = GroupDraft(
        name=name,
        purpose=(
            f"Firms, colleges and governments around {place.city} that work together so that "
            f"{place.cluster.name.lower()} can grow here."
        ),
        cluster=place.cluster,
        region=place.region,
        agency_id=agency.pk,
    )
    group = start_group(
        actor=story.actor, at=story.at, founder=story.administrator, draft=draft, key=story.key()
    )
    second = story.representative
    invitation = invite_to_seat(
        actor=story.actor,
        at=story.later(hours=2),
        group=group,
        invitee=Invitee(second.name, second.email, SeatRole.AUTHORIZED_REPRESENTATIVE),
        key=story.key(),
    )
    accept_seat(
        actor=actor_from_user(second),
        at=story.later(hours=20),
        person=second,
        invitation=invitation,
    )
    return group


def invite_roster(story: Story, group: ClusterGroup, place: Place) -> list[Invitation]:
    """Invite firms and institutions; return their open invitations in roster order."""
    counties = sorted(place.region.fips)
    entries = [_firm(story.book, role, counties, n) for n, role in enumerate(FIRM_ROLES)]
    entries += _institutions(story.book, place, counties[0])
    people = invite_participants(
        actor=story.actor, at=story.later(days=1), group=group, entries=entries, key=story.key()
    )
    return [one.invitations.get(used_at=None, closed_at=None) for one in people]


def ask_governments(story: Story, group: ClusterGroup, place: Place) -> list[Invitation]:
    """Ask each state with a tenth of the jobs, and a county in it."""
    shares = states_share(current_basis(), place.region.fips, place.cluster.code)
    names = counties_named(place.region.fips)
    asked = []
    for state_fips in [fips for fips, share in shares.items() if share * 10 >= 1]:
        state = State.objects.get(pk=state_fips)
        county = next(fips for fips in names if fips.startswith(state_fips))
        bodies = (
            ("state", f"{state.name} Department of Commerce", ""),
            ("county", f"{names[county].partition(',')[0]} Board of Commissioners", county),
        )
        for level, name, county_fips in bodies:
            contact = _contact(story.book, name)
            body = GovernmentBody(level, name, state_fips, contact, county_fips)
            row = ask_government(
                actor=story.actor, at=story.later(hours=1), group=group, body=body, key=story.key()
            )
            asked.append(row.invitations.get(used_at=None, closed_at=None))
    return asked


def answer(story: Story, invitation: Invitation, *, is_agreed: bool = True) -> None:
    """Open the link, ask for the code, type it, sign: as somebody without an account does."""
    token = token_of(invitation.nonce)
    row = send_code(at=story.later(minutes=7), token=token)
    addressee = row.participant or row.commitment
    signed = SignedAnswer(
        code=code_of(row),
        name=addressee.contact_name if addressee else "",
        title=TITLES[row.pk % len(TITLES)],
        is_agreed=is_agreed,
        is_public_consented=is_agreed and row.pk % 5 != 0,
    )
    sign_answer(at=story.later(minutes=3), token=token, answer=signed, key=story.key())


def describe_convening(story: Story, group: ClusterGroup) -> None:
    """Fill in the convening organization so that the fifth criterion is met."""
    draft = ConveningDraft(
        values={
            "legal_name": f"{group.name}, Inc.",
            "form": "entity",
            "management_fte": Decimal("1.50"),
            "is_management_paid_or_pledged": True,
            "has_open_admission_rule": True,
            "admission_rule_text": "Any firm or institution of the cluster with a site in the "
            "region may join on written request; the board answers within 30 days.",
            "members_jobs": 4200,
            "has_published_dues": True,
            "dues_relief_rule": "Firms with fewer than 10 workers pay half; any member may ask the "
            "board to waive a year's dues.",
            "has_antitrust_statement": True,
            "antitrust_policy_text": "Meetings follow a written agenda; prices, customers, "
            "territories and bids are never discussed.",
        },
        board={"end_producer": 3, "supplier": 3, "services": 2, "institution": 3, "government": 1},
        dues=(
            ("Firms with fewer than 50 workers", Decimal("250.00")),
            ("Firms with 50 to 249 workers", Decimal("1000.00")),
            ("Larger firms", Decimal("4000.00")),
            ("Institutions", Decimal("500.00")),
        ),
    )
    save_convening(
        actor=story.actor, at=story.later(hours=3), group=group, draft=draft, key=story.key()
    )


def _firm(book: NameBook, role: FirmRole, counties: list[str], number: int) -> RosterEntry:
    name = book.firm(role.value)
    return RosterEntry(
        kind=ParticipantKind.FIRM,
        organization_name=name,
        place=Address(counties[number % len(counties)]),
        contact=_contact(book, name),
        firm_role=role,
        size_class=SizeClass.SMALL if number % 5 < 3 else SizeClass.OTHER,
    )


def _institutions(book: NameBook, place: Place, county: str) -> list[RosterEntry]:
    kinds = (
        (f"{place.city} State University", (InstitutionKind.UNIVERSITY,)),
        (
            f"{place.city} Community College",
            (InstitutionKind.COMMUNITY_COLLEGE, InstitutionKind.TRAINING_PROVIDER),
        ),
        (f"{place.city} Economic Development Council", (InstitutionKind.ECONOMIC_DEVELOPMENT,)),
    )
    return [
        RosterEntry(
            kind=ParticipantKind.INSTITUTION,
            organization_name=name,
            place=Address(county),
            contact=_contact(book, name),
            institution_kinds=kind,
        )
        for name, kind in kinds
    ]


def _contact(book: NameBook, organization: str) -> Contact:
    drawn = book.contact(organization)
    return Contact(drawn.name, drawn.email)
