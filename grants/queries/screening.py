"""Proposals on their way through eligibility."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from grants.models import Competition, Proposal, Reconsideration, ScreeningFinding
from grants.rules.screening import Screened
from grants.rules.states import PROPOSAL, ProposalState

# What was submitted and is not taken back; what is judged already counts as settled.
NOT_SCREENED = [
    ProposalState.DRAFT,
    ProposalState.READY,
    ProposalState.SUBMITTED,
    ProposalState.REJECTED_WITH_ERRORS,
    ProposalState.WITHDRAWN,
]


@dataclass(frozen=True, slots=True)
class Line:
    """One proposal on the desk of screening."""

    proposal: Proposal
    state_words: str
    finding: ScreeningFinding | None
    request: Reconsideration | None

    @property
    def waits_for_finding(self) -> bool:
        """Whether nobody has written a finding."""
        is_open = self.finding is None or self.finding.is_agreed is False
        return self.proposal.state == ProposalState.VALIDATED and is_open

    @property
    def waits_for_check(self) -> bool:
        """Whether a finding waits for a second officer."""
        return self.finding is not None and self.finding.is_agreed is None

    @property
    def waits_for_answer(self) -> bool:
        """Whether the group has asked to look again."""
        return self.request is not None and self.request.is_granted is None

    @property
    def ineligible_at(self) -> datetime | None:
        """Since when the proposal is out."""
        if self.proposal.state != ProposalState.INELIGIBLE or self.finding is None:
            return None
        return self.finding.checked_at


def lines(competition: Competition) -> list[Line]:
    """Every submitted proposal with its newest finding and its request to look again."""
    rows = competition.proposals.exclude(state__in=NOT_SCREENED)
    rows = rows.select_related("case", "group", "counting").order_by("group__name", "pk")
    found = list(rows.prefetch_related("screenings", "reconsiderations"))
    return [
        Line(
            one,
            PROPOSAL.labels[one.status],
            max(one.screenings.all(), key=lambda row: row.written_at, default=None),
            next(iter(one.reconsiderations.all()), None),
        )
        for one in found
    ]


def screened(competition: Competition) -> list[Screened]:
    """What the gate of review asks of each."""
    return [
        Screened(
            is_waiting=line.proposal.state == ProposalState.VALIDATED,
            ineligible_at=line.ineligible_at,
            is_asked_again=line.request is not None,
            is_answered=line.request is not None and line.request.is_granted is not None,
        )
        for line in lines(competition)
    ]
