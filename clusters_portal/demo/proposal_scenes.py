"""Proposals of the demo world: one with its receipt, one being written, givers who answer."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal

from accounts.actors import actor_from_user
from accounts.models import User
from certification.actions.sign_answer import SignedAnswer
from certification.actions.store_answers import Written
from certification.models import ClusterGroup, Designation
from certification.queries.personal_links import code_of, token_of
from certification.rules.groups import SeatRole
from certification.rules.states import DesignationState
from grants.actions.ask_giver import ask_giver
from grants.actions.certify_proposal import certify_proposal
from grants.actions.list_giver import GiverDraft, list_giver
from grants.actions.name_people import PersonDraft, name_person
from grants.actions.save_proposal_section import save_proposal_section
from grants.actions.sign_match import send_giver_code, sign_match
from grants.actions.start_proposal import start_proposal
from grants.actions.submit_proposal import submit_proposal
from grants.models import Competition, MatchCommitment, Proposal
from grants.queries.proposals import live_proposal_of, section_rows
from grants.rules.proposal_form import ABOUT, ACCESS, BUDGET, MILESTONES, RAISING, activity_id
from grants.rules.states import CompetitionState
from grants.rules.terms import GiverClass, MatchKind, PersonRole

NARRATIVES = (
    (
        "Members buy from one another, yet nobody has ever mapped who supplies what. Four"
        " firms turned down orders last year for lack of a supplier who, it later turned "
        "out, was twenty miles away."
    ),
    (
        "Twenty-three members took part in the three meetings that prepared this "
        "proposal. Eleven have fewer than twenty employees. The community college and two"
        " cities sat at the table."
    ),
    (
        "A coordinator interviews every member in the first half, a working group of nine"
        " draws the supply map, and members vote on three joint projects in the second "
        "half."
    ),
    (
        "An open map of suppliers and skills, a study of foreign competitors, and three "
        "costed plans for joint projects. All of it is published for every member."
    ),
    (
        "Eight firms, the college and one city were asked in an open letter. Shares "
        "follow the number of employees, and nobody is left out for giving little."
    ),
)
SHARE = Decimal(60_000)


@dataclass(frozen=True)
class Team:
    """The two people who act for a group."""

    administrator: User
    representative: User


def stage_proposals(at: datetime) -> list[Proposal]:
    """Let two designated groups answer the first open competition; what is there stays."""
    competition = (
        Competition.objects.filter(state=CompetitionState.OPEN, closes_at__gt=at)
        .select_related("agency")
        .order_by("closes_at")
        .first()
    )
    if competition is None or competition.opened_at is None:
        return []
    start = max(competition.opened_at, at - timedelta(days=10)) + timedelta(minutes=1)
    designations = Designation.objects.filter(
        state=DesignationState.IN_FORCE,
        term__contains=start.date(),
        group__agency=competition.agency,
    )
    groups = [one.group for one in designations.select_related("group").order_by("number")]
    made = []
    for group, is_sent in zip(groups, (True, False), strict=False):
        if live_proposal_of(group, competition) is None:
            made.append(_perform(competition, group, start, is_sent=is_sent))
    return made


def _perform(
    competition: Competition, group: ClusterGroup, start: datetime, *, is_sent: bool
) -> Proposal:
    team = _team(group)
    proposal = start_proposal(
        actor=actor_from_user(team.administrator),
        at=start,
        competition=competition,
        group=group,
        key=f"demo-proposal-{group.reference}",
    )
    _write(proposal, team, start)
    _name_lead(proposal, team, start)
    first = _list(proposal, team, start, "Erie Savings Bank", "Sam Okafor")
    _sign(first, team, start)
    second = _list(proposal, team, start, "City Development Fund", "Ida Brandt")
    if not is_sent:
        _ask(second, team, start)
        return proposal
    _sign(second, team, start)
    proposal.refresh_from_db()
    certify_proposal(
        actor=actor_from_user(team.representative),
        at=start + timedelta(hours=2),
        proposal=proposal,
        title="Chair of the board",
        key=f"demo-certify-{group.reference}",
    )
    submit_proposal(
        actor=actor_from_user(team.representative),
        at=start + timedelta(hours=3),
        proposal=proposal,
        key=f"demo-submit-{group.reference}",
    )
    return proposal


def _team(group: ClusterGroup) -> Team:
    def holder(role: SeatRole) -> User:
        return group.seats.select_related("user").filter(role=role, until=None)[0].user

    return Team(holder(SeatRole.ADMINISTRATOR), holder(SeatRole.AUTHORIZED_REPRESENTATIVE))


def _answers(proposal: Proposal) -> dict[str, dict[str, str | bool]]:
    competition = proposal.competition
    found: dict[str, dict[str, str | bool]] = {
        f"question-{one.position}": {"answer": NARRATIVES[number % len(NARRATIVES)]}
        for number, one in enumerate(competition.questions.all())
    }
    found[ABOUT] = {
        "title": f"A supply map and three joint projects for {proposal.group.name}"[:200],
        "summary": "Members find out who makes what, and plan three projects together.",
        "years": str(competition.shortest_years),
        activity_id(competition.activities[0] if competition.activities else "planning"): True,
    }
    found[MILESTONES] = {
        "what_1": "Every member interviewed",
        "month_1": "6",
        "proof_1": "Published list of interviews",
        "what_2": "Three joint projects chosen",
        "month_2": "11",
        "proof_2": "Minutes of the members' vote",
    }
    found[BUDGET] = {
        "federal_personnel": "72,000",
        "federal_travel": "8,000",
        "federal_supplies": "4,000",
        "federal_contractual": "30,000",
        "federal_other": "6,000",
        "match_personnel": "90,000",
        "match_contractual": "30,000",
        "indirect_basis": "none",
        "cash_1": "30,000",
        "cash_2": "30,000",
        "justification": "One coordinator for twelve months, twenty visits, one market study.",
    }
    found[ACCESS] = {
        "outputs": "A map of suppliers, a study of competitors, three plans.",
        "access": "On the group's pages within thirty days, free of charge for every member.",
        "smaller": "Evening meetings, plain summaries, and one hour of help per firm on request.",
    }
    found[RAISING] = {
        "how": NARRATIVES[-1],
        "fair": "Members vote one vote each; what somebody gave is not on the ballot.",
        "later": "",
    }
    return found


def _write(proposal: Proposal, team: Team, at: datetime) -> None:
    rows = section_rows(proposal)
    for section_id, answers in _answers(proposal).items():
        save_proposal_section(
            actor=actor_from_user(team.administrator),
            at=at + timedelta(minutes=20),
            proposal=proposal,
            written=Written(section_id, answers, rows[section_id].version),
        )


def _name_lead(proposal: Proposal, team: Team, at: datetime) -> None:
    name_person(
        actor=actor_from_user(team.administrator),
        at=at + timedelta(minutes=30),
        proposal=proposal,
        person=PersonDraft(
            PersonRole.LEAD.value,
            str(team.administrator),
            team.administrator.email,
            proposal.group.name,
        ),
        key=f"demo-lead-{proposal.reference}",
    )


def _list(
    proposal: Proposal, team: Team, at: datetime, giver: str, contact: str
) -> MatchCommitment:
    address = f"{contact.split(maxsplit=1)[0].lower()}@{giver.split(maxsplit=1)[0].lower()}.example"
    allowed = proposal.competition.giver_classes
    giver_class = allowed[0] if allowed else GiverClass.PRIVATE.value
    return list_giver(
        actor=actor_from_user(team.administrator),
        at=at + timedelta(minutes=40),
        proposal=proposal,
        giver=GiverDraft(giver, giver_class, MatchKind.CASH.value, SHARE, contact, address),
        key=f"demo-giver-{proposal.reference}-{giver}",
    )


def _ask(commitment: MatchCommitment, team: Team, at: datetime) -> str:
    link = ask_giver(
        actor=actor_from_user(team.administrator),
        at=at + timedelta(minutes=45),
        commitment=commitment,
        key=f"demo-ask-{commitment.reference}",
    )
    return token_of(link.nonce)


def _sign(commitment: MatchCommitment, team: Team, at: datetime) -> None:
    token = _ask(commitment, team, at)
    link = send_giver_code(at=at + timedelta(minutes=50), token=token)
    answer = SignedAnswer(code_of(link), commitment.contact_name, "Director", is_agreed=True)
    sign_match(
        at=at + timedelta(minutes=52),
        token=token,
        answer=answer,
        key=f"demo-sign-{commitment.reference}",
    )
