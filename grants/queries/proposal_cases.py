"""Whose letterhead a proposal's letters carry, and how long its record is kept."""

from __future__ import annotations

from certification.queries.letterheads import agency_letterhead
from grants.models import Proposal
from grants.rules.states import UNDER_WAY, ProposalState
from records.registry import Letterhead
from trail.models import Case
from trail.rules.retention import RetentionClass, Standing

NOT_OF_THE_CASE = ("place_hold", "release_hold")


def proposal_letterhead(case: Case) -> Letterhead | None:
    """The agency that runs the competition."""
    row = Proposal.objects.filter(case=case).select_related("competition__agency").first()
    return agency_letterhead(row.competition.agency) if row else None


def proposal_standing(case: Case) -> Standing:
    """The class of a proposal's record and the day it ended.

    A selected one leads to an award and is kept with it; what was never submitted is working
    papers.
    """
    row = Proposal.objects.filter(case=case).first()
    if row is None:
        return Standing(RetentionClass.PERMANENT, None)
    if row.status is ProposalState.SELECTED:
        return Standing(RetentionClass.SUCCESSFUL, None)
    was_sent = row.submissions.exists()
    retention = RetentionClass.UNSUCCESSFUL if was_sent else RetentionClass.WORKING_PAPERS
    if row.status in UNDER_WAY:
        return Standing(retention, None)
    last = case.entries.exclude(verb__in=NOT_OF_THE_CASE).order_by("-sequence").first()
    return Standing(retention, last.at.date() if last else None)
