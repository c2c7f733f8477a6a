"""How much of a competition somebody could read, asked before they are invited."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from allauth.account.models import EmailAddress

from accounts.models import User
from accounts.queries.look_of_names import skeleton_of
from accounts.queries.people import verified_addresses
from grants.models import Competition, Proposal
from grants.queries.conflict_facts import address, facts_of, reviewers_of
from grants.rules.conflicts import Body, Employment, Reviewer, find_edges
from grants.rules.states import ProposalState

NOT_COUNTED = [ProposalState.WITHDRAWN, ProposalState.INELIGIBLE]


@dataclass(frozen=True, slots=True)
class Candidate:
    """Somebody who may be invited, as an officer describes them."""

    name: str
    email: str
    employer: str = ""


@dataclass(frozen=True, slots=True)
class Reach:
    """How many proposals are free of ties, need a waiver, or are closed to the person."""

    free: int
    soft: int
    hard: int

    @property
    def proposals(self) -> int:
        """All of them."""
        return self.free + self.soft + self.hard


def account_of(email: str) -> User | None:
    """Return the account that proved this address."""
    rows = EmailAddress.objects.filter(email__iexact=email, verified=True).select_related("user")
    found = rows.first()
    return found.user if found is not None else None


def proves(user: User, email: str) -> bool:
    """Whether the person has proved this address."""
    return email.lower() in verified_addresses(user)


def reach_of(competition: Competition, candidate: Candidate, at: datetime) -> Reach:
    """Compare the candidate with every proposal, from an account where there is one."""
    known = account_of(candidate.email)
    reviewer = reviewers_of([known.pk], at.date())[known.pk] if known else Reviewer()
    said = Reviewer(
        looks=frozenset({skeleton_of(candidate.name)}),
        addresses=frozenset({address(candidate.email, is_proved=known is not None)}),
        employers=_employers(candidate),
    )
    reviewer = replace(
        reviewer,
        looks=reviewer.looks | said.looks,
        addresses=reviewer.addresses | said.addresses,
        employers=reviewer.employers | said.employers,
    )
    rows = Proposal.objects.filter(competition=competition).exclude(state__in=NOT_COUNTED)
    ties = [find_edges(reviewer, one) for one in facts_of(rows.select_related("group")).values()]
    hard = sum(any(edge.is_hard for edge in edges) for edges in ties)
    free = sum(not edges for edges in ties)
    return Reach(free, len(ties) - free - hard, hard)


def _employers(candidate: Candidate) -> frozenset[Employment]:
    if not candidate.employer:
        return frozenset()
    body = Body(candidate.employer, skeleton_of(candidate.employer))
    return frozenset({Employment(body, is_large=True)})
