"""What is due for the proposals of one's groups."""

from __future__ import annotations

from django.db.models import Count, Q
from django.urls import reverse

from accounts.models import User
from certification.models import GroupSeat
from certification.rules.groups import SeatRole
from clusters_portal.queries.task import Task
from grants.models import Proposal
from grants.queries.proposals import proposals_of
from grants.rules.panel_states import MatchState
from grants.rules.starting import last_minute
from grants.rules.states import BEING_WRITTEN, CompetitionState, ProposalState

WORDS = {
    ProposalState.DRAFT: "Finish the proposal",
    ProposalState.READY: "Submit the proposal",
    ProposalState.REJECTED_WITH_ERRORS: "Mend the proposal that came back",
}


def tasks_of_proposals(user: User) -> list[Task]:
    """Return what is still to be written, submitted or answered by givers before the close."""
    rows = (
        proposals_of(user)
        .filter(state__in=BEING_WRITTEN, competition__state=CompetitionState.OPEN)
        .annotate(waiting=Count("match", filter=Q(match__state=MatchState.ASKED)))
    )
    seats = GroupSeat.objects.filter(user=user, until=None, role=SeatRole.AUTHORIZED_REPRESENTATIVE)
    signs_for = frozenset(seats.values_list("group_id", flat=True)) if rows else frozenset()
    found = []
    for row in rows:
        found.append(_own(row, signs=row.group_id in signs_for))
        if row.waiting:
            found.append(_givers(row, row.waiting))
    return found


def _own(row: Proposal, *, signs: bool) -> Task:
    is_mine = signs or row.status is not ProposalState.READY
    waits = "Nobody waits yet" if is_mine else "It waits for an authorized representative"
    url = reverse("grants:proposal", args=[row.case.reference])
    due = last_minute(row.competition.closes_at)
    return Task(WORDS[row.status], row.title, url, is_mine, waits, due)


def _givers(row: Proposal, waiting: int) -> Task:
    what = f"{waiting} {'giver has' if waiting == 1 else 'givers have'} to answer"
    url = reverse("grants:proposal_match", args=[row.case.reference])
    waits = "Your group waits for them"
    return Task(what, row.title, url, is_mine=False, waits=waits)
