"""Whatever changes about people, groups or proposals: their ties are found anew in the same act.

The trail tells of every change. Most change nothing for a panel; one small question finds out.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from accounts.models import AddressChange, OrganizationRole
from grants.actions.find_conflicts import ON_PANEL, find_conflicts
from grants.models import PanelSeat, Proposal, ReviewerProfile
from grants.rules.states import ProposalState
from trail.models import Entry
from trail.registry import watch_cases

# Steps of the judging itself: they name nobody new, and are taken for every proposal at once. Any
# other verb, also one that comes later, is looked at.
JUDGING = frozenset(
    {
        "begin_review",
        "discuss",
        "leave_undiscussed",
        "recommend",
        "put_in_reserve",
        "leave_out",
        "select",
        "not_select",
    }
)


def group_changed(entry: Entry) -> None:
    """Roster, governments, convening body or seats of a group may have changed."""
    _of_proposals(Proposal.objects.filter(group__case=entry.case_id), entry.at)


def proposal_changed(entry: Entry) -> None:
    """People, givers or subrecipients of a proposal may have changed."""
    if entry.verb not in JUDGING:
        _of_proposals(Proposal.objects.filter(case=entry.case_id), entry.at)


def organization_changed(entry: Entry) -> None:
    """Who belongs to an organization, its name or family may have changed."""
    roles = OrganizationRole.objects.filter(organization__case=entry.case_id)
    _of_people(roles.values_list("user_id", flat=True), entry.at)


def profile_changed(entry: Entry) -> None:
    """A reviewer's profile has changed."""
    rows = ReviewerProfile.objects.filter(case=entry.case_id)
    _of_people(rows.values_list("user_id", flat=True), entry.at)


def account_changed(entry: Entry) -> None:
    """Somebody signs in with another address, or asks to."""
    rows = AddressChange.objects.filter(case=entry.case_id)
    _of_people(rows.values_list("user_id", flat=True), entry.at)


def _of_proposals(rows: Iterable[Proposal], at: datetime) -> None:
    on_panel = PanelSeat.objects.filter(state__in=ON_PANEL).values("competition")
    live = Proposal.objects.filter(pk__in=[row.pk for row in rows], competition__in=on_panel)
    for row in live.exclude(state=ProposalState.WITHDRAWN).select_related("competition__case"):
        find_conflicts(at=at, competition=row.competition, proposals=[row.pk])


def _of_people(users: Iterable[int], at: datetime) -> None:
    seats = PanelSeat.objects.filter(user_id__in=list(users), state__in=ON_PANEL)
    for seat in seats.select_related("competition__case"):
        find_conflicts(at=at, competition=seat.competition, users=[seat.user_id])


def watch_for_conflicts() -> None:
    """Name the watchers; called once at start-up."""
    watch_cases("group", group_changed)
    watch_cases("proposal", proposal_changed)
    watch_cases("organization", organization_changed)
    watch_cases("account", account_changed)
    watch_cases("reviewer", profile_changed)
