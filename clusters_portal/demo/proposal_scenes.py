"""Proposals of the demo world: written, promised by givers, certified and submitted by people."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal

from accounts.actors import actor_from_user
from accounts.models import User
from certification.actions.sign_answer import SignedAnswer
from certification.actions.store_answers import Written
from certification.models import ClusterGroup, Designation
from certification.queries.personal_links import code_of, token_of
from certification.rules.groups import SeatRole
from certification.rules.states import DesignationState
from clusters_portal.demo.names import NameBook
from clusters_portal.demo.proposal_texts import THEMES, answers_of
from grants.actions.ask_giver import ask_giver
from grants.actions.certify_proposal import certify_proposal
from grants.actions.list_giver import GiverDraft, list_giver
from grants.actions.name_people import PersonDraft, name_person
from grants.actions.save_proposal_section import save_proposal_section
from grants.actions.sign_match import send_giver_code, sign_match
from grants.actions.start_proposal import start_proposal
from grants.actions.submit_proposal import submit_proposal
from grants.models import Competition, GiverLink, MatchCommitment, Proposal
from grants.queries.proposals import live_proposal_of, section_rows
from grants.rules.proposal_form import RAISING
from grants.rules.terms import GiverClass, MatchKind, PersonRole
from trail.actors import Actor

GIVERS = (GiverClass.PRIVATE, GiverClass.LOCAL)


@dataclass
class Writing:
    """One proposal and its people; each act happens a little later than the one before."""

    proposal: Proposal
    administrator: User
    representative: User
    book: NameBook
    at: datetime

    @property
    def actor(self) -> Actor:
        """The administrator, who writes."""
        return actor_from_user(self.administrator)

    def later(self, **span: float) -> datetime:
        """Move on and return the new instant."""
        self.at += timedelta(**span)
        return self.at

    def key(self, step: str) -> str:
        """Return an idempotency key of the demo's own."""
        return f"demo-{step}-{self.proposal.case.reference}"


def designated_on(competition: Competition, day: date) -> list[ClusterGroup]:
    """Return the groups that could apply on a day, in the order of their designations."""
    rows = Designation.objects.filter(
        state=DesignationState.IN_FORCE, term__contains=day, group__agency=competition.agency
    )
    return [one.group for one in rows.select_related("group").order_by("number")]


def apply(competition: Competition, group: ClusterGroup, theme: int, at: datetime) -> Proposal:
    """Let a group write a proposal and submit it; its receipt is there."""
    writing = begin(competition, group, theme, at)
    for number in range(len(GIVERS)):
        _sign(writing, _ask(writing, _list(writing, number)))
    actor = actor_from_user(writing.representative)
    writing.proposal.refresh_from_db()
    certify_proposal(
        actor=actor,
        at=writing.later(hours=2),
        proposal=writing.proposal,
        title="Chair of the board",
        key=writing.key("certify"),
    )
    submit_proposal(
        actor=actor,
        at=writing.later(minutes=9),
        proposal=writing.proposal,
        key=writing.key("submit"),
    )
    return writing.proposal


def write_half(competition: Competition, group: ClusterGroup, theme: int, at: datetime) -> Proposal:
    """Let a group write most of a proposal; one giver has signed, one was asked."""
    writing = begin(competition, group, theme, at, leave_out=(RAISING,))
    _sign(writing, _ask(writing, _list(writing, 0)))
    _ask(writing, _list(writing, 1))
    return writing.proposal


def begin(
    competition: Competition,
    group: ClusterGroup,
    theme: int,
    at: datetime,
    leave_out: tuple[str, ...] = (),
) -> Writing:
    """Start a proposal, fill in its sections, name who leads it; one under way is gone on with."""
    administrator = _holder(group, SeatRole.ADMINISTRATOR)
    proposal = live_proposal_of(group, competition) or start_proposal(
        actor=actor_from_user(administrator),
        at=at,
        competition=competition,
        group=group,
        key=f"demo-start-{competition.opportunity_number}-{group.reference}",
    )
    representative = _holder(group, SeatRole.AUTHORIZED_REPRESENTATIVE)
    book = NameBook(seed=competition.pk * 1000 + group.pk)
    writing = Writing(proposal, administrator, representative, book, at)
    activities, years = list(competition.activities), competition.shortest_years
    answers = answers_of(THEMES[theme % len(THEMES)], activities, years)
    for section_id, given in answers.items():
        if section_id not in leave_out:
            version = section_rows(proposal)[section_id].version
            save_proposal_section(
                actor=writing.actor,
                at=writing.later(minutes=25),
                proposal=proposal,
                written=Written(section_id, given, version),
            )
    lead = PersonDraft(PersonRole.LEAD.value, str(administrator), administrator.email, group.name)
    name_person(
        actor=writing.actor,
        at=writing.later(minutes=5),
        proposal=proposal,
        person=lead,
        key=writing.key("lead"),
    )
    return writing


def _holder(group: ClusterGroup, role: SeatRole) -> User:
    return group.seats.select_related("user").get(role=role, until=None).user


def _list(writing: Writing, number: int) -> MatchCommitment:
    """Half of the match from either giver: the match is as much as the federal money."""
    firm = writing.book.firm("knowledge" if number else "services")
    contact = writing.book.contact(firm)
    amount = _asked(writing.proposal) / len(GIVERS)
    giver_class, kind = GIVERS[number].value, MatchKind.CASH.value
    name = firm if number == 0 else f"{contact.name.split()[-1]} County Development Fund"
    return list_giver(
        actor=writing.actor,
        at=writing.later(minutes=12),
        proposal=writing.proposal,
        giver=GiverDraft(name, giver_class, kind, amount, contact.name, contact.email),
        key=writing.key(f"giver-{number}"),
    )


def _asked(proposal: Proposal) -> Decimal:
    answers = section_rows(proposal)["budget"].answers
    federal = [text for name, text in answers.items() if name.startswith("federal_") and text]
    return sum((Decimal(str(text).replace(",", "")) for text in federal), start=Decimal(0))


def _ask(writing: Writing, commitment: MatchCommitment) -> GiverLink:
    return ask_giver(
        actor=writing.actor,
        at=writing.later(minutes=3),
        commitment=commitment,
        key=f"demo-ask-{commitment.reference}",
    )


def _sign(writing: Writing, link: GiverLink) -> None:
    """Open the link, ask for the code, type it, sign: as somebody without an account does."""
    token = token_of(link.nonce)
    row = send_giver_code(at=writing.later(hours=7), token=token)
    name = row.commitment.contact_name
    sign_match(
        at=writing.later(minutes=3),
        token=token,
        answer=SignedAnswer(code_of(row), name, "Director", is_agreed=True),
        key=f"demo-sign-{row.commitment.reference}",
    )
