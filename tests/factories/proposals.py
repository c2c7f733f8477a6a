"""Proposals made by the acts that people use, for groups that are designated."""

from __future__ import annotations

import itertools
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from accounts.actors import actor_from_user
from accounts.models import User
from certification.actions.sign_answer import SignedAnswer
from certification.actions.store_answers import Written
from certification.models import ClusterGroup
from certification.queries.personal_links import code_of, token_of
from certification.rules.groups import SeatRole
from grants.actions.ask_giver import ask_giver
from grants.actions.certify_proposal import certify_proposal
from grants.actions.list_giver import GiverDraft, list_giver
from grants.actions.name_people import PersonDraft, name_person
from grants.actions.save_proposal_section import save_proposal_section
from grants.actions.sign_match import send_giver_code, sign_match
from grants.actions.start_proposal import start_proposal
from grants.actions.submit_proposal import submit_proposal
from grants.models import Competition, GiverSignature, MatchCommitment, Proposal, Submission
from grants.queries.proposals import form_of, section_rows
from grants.rules.terms import GiverClass, MatchKind, PersonRole
from tests.factories.accounts import make_user
from tests.factories.certification_groups import make_group, seat_representative
from tests.factories.grants import make_competition, make_designation
from trail.queries.clock import database_now

_keys = itertools.count(1)


def new_key() -> str:
    """Return a key that no form has used."""
    return f"proposal-key-{next(_keys)}"


@dataclass(frozen=True)
class Applicant:
    """A designated group and the two people who act for it."""

    group: ClusterGroup
    administrator: User
    representative: User
    competition: Competition


def make_applicant(competition: Competition | None = None, **group: Any) -> Applicant:
    """A group with a designation in force, before it has started anything."""
    competition = competition or make_competition()
    administrator, representative = make_user(), make_user()
    made = make_group(administrator, competition.agency, **group)
    seat_representative(made, representative)
    make_designation(made)
    return Applicant(made, administrator, representative, competition)


def started(applicant: Applicant | None = None) -> Proposal:
    """A proposal as it is on its first day."""
    applicant = applicant or make_applicant()
    return start_proposal(
        actor=actor_from_user(applicant.administrator),
        at=database_now(),
        competition=applicant.competition,
        group=applicant.group,
        key=new_key(),
    )


def seat_of(proposal: Proposal, role: SeatRole) -> User:
    return proposal.group.seats.filter(role=role, until=None)[0].user


def administrator_of(proposal: Proposal) -> User:
    return seat_of(proposal, SeatRole.ADMINISTRATOR)


def representative_of(proposal: Proposal) -> User:
    return seat_of(proposal, SeatRole.AUTHORIZED_REPRESENTATIVE)


def write(proposal: Proposal, section_id: str, by: User | None = None, **answers: Any) -> None:
    """Change some answers of a section from its newest version."""
    row = section_rows(proposal)[section_id]
    save_proposal_section(
        actor=actor_from_user(by or administrator_of(proposal)),
        at=database_now(),
        proposal=proposal,
        written=Written(section_id, {**row.answers, **answers}, row.version),
    )


BUDGET = {
    "federal_personnel": "60,000",
    "federal_travel": "10000.50",
    "match_personnel": "40000",
    "match_contractual": "30000.50",
    "indirect_basis": "none",
    "cash_1": "20000",
    "justification": "One coordinator for a year.",
}
FEDERAL, MATCH = Decimal("70000.50"), Decimal("70000.50")


def full_answers(competition: Competition) -> dict[str, dict[str, Any]]:
    """Something for every question, with a budget that adds up."""
    answers: dict[str, dict[str, Any]] = {
        section.id: {
            question.id: f"About {section.id}."
            for question in section.questions
            if question.is_required
        }
        for section in form_of(competition)
    }
    answers["about"] |= {"title": "A plan for glass", "years": "1", "activity_planning": True}
    answers["milestones"] |= {"month_1": "6"}
    answers["budget"] = dict(BUDGET)
    return answers


def listed(proposal: Proposal, amount: Decimal = MATCH, **changes: Any) -> MatchCommitment:
    """A promise that the group wrote down."""
    values: dict[str, Any] = {
        "name": "Maumee Glass",
        "giver_class": GiverClass.PRIVATE.value,
        "kind": MatchKind.CASH.value,
        "amount": amount,
        "contact_name": "Gil Giver",
        "contact_email": "gil@maumee.example",
        **changes,
    }
    return list_giver(
        actor=actor_from_user(administrator_of(proposal)),
        at=database_now(),
        proposal=proposal,
        giver=GiverDraft(**values),
        key=new_key(),
    )


def asked(commitment: MatchCommitment) -> str:
    """The token of the link that the giver received."""
    link = ask_giver(
        actor=actor_from_user(administrator_of(commitment.proposal)),
        at=database_now(),
        commitment=commitment,
        key=new_key(),
    )
    return token_of(link.nonce)


def answer_with_code(token: str, *, is_agreed: bool = True) -> GiverSignature:
    """The giver gets a code and answers."""
    link = send_giver_code(at=database_now(), token=token)
    answer = SignedAnswer(code_of(link), "Gil Giver", "Owner", is_agreed)
    return sign_match(at=database_now(), token=token, answer=answer, key=new_key())


def completed(proposal: Proposal | None = None) -> Proposal:
    """A proposal in which nothing is missing."""
    proposal = proposal or started()
    for section_id, answers in full_answers(proposal.competition).items():
        write(proposal, section_id, **answers)
    name_person(
        actor=actor_from_user(administrator_of(proposal)),
        at=database_now(),
        proposal=proposal,
        person=PersonDraft(PersonRole.LEAD.value, "Lena Lead", "lena@lead.example", "Lead Labs"),
        key=new_key(),
    )
    answer_with_code(asked(listed(proposal)))
    return Proposal.objects.get(pk=proposal.pk)


def certified(proposal: Proposal | None = None) -> Proposal:
    """A proposal certified by the group's representative."""
    proposal = proposal or completed()
    return certify_proposal(
        actor=actor_from_user(representative_of(proposal)),
        at=database_now(),
        proposal=proposal,
        title="President",
        key=new_key(),
    )


def submitted(proposal: Proposal | None = None) -> Submission:
    """A version with its receipt."""
    proposal = proposal or certified()
    return submit_proposal(
        actor=actor_from_user(representative_of(proposal)),
        at=database_now(),
        proposal=proposal,
        key=new_key(),
    )
