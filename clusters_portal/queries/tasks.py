"""What is due, for whom, and who waits for whom: one list, however many hats somebody wears."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from django.db.models import Count, Q
from django.urls import reverse

from accounts.models import OpenSession, OrganizationRole, User
from accounts.queries.duplicates import reviews
from accounts.rules.roles import AgencyRoleKind
from certification.models import ClusterGroup
from certification.queries.staff_queue import staff_queue
from certification.rules.staff_queue import TURN_STATES, QueueFilter, Turn
from certification.rules.states import APPLICATION, ApplicationState
from certification.web.timeline_words import HIDDEN, WORDS
from clusters_portal.queries.award_tasks import award_tasks
from clusters_portal.queries.competition_tasks import competition_tasks
from clusters_portal.queries.dashboard import GroupCard
from clusters_portal.queries.match_tasks import match_tasks
from clusters_portal.queries.payment_tasks import payment_tasks
from clusters_portal.queries.proposal_tasks import tasks_of_proposals
from clusters_portal.queries.report_tasks import report_tasks, with_work
from clusters_portal.queries.selection_tasks import debriefs_of, selection_tasks
from clusters_portal.queries.task import Task
from grants.models import ConflictEdge, PanelSeat
from grants.queries.awards import awards_of_person
from grants.queries.own_reviews import own_reviews
from grants.rules.panel_states import SeatState
from records.models import Letter
from records.queries.letters import letters_to
from trail.models import Entry

MOST_CASES, MOST_LETTERS, MOST_CHANGES, MOST_AWARDS = 20, 5, 10, 50
Roles = frozenset[tuple[int, AgencyRoleKind]]
MOVERS = {
    Turn.OFFICERS: AgencyRoleKind.PROGRAMME_OFFICER,
    Turn.OFFICIAL: AgencyRoleKind.SELECTING_OFFICIAL,
}
# What the state of a case asks of the office.
OFFICE_WORDS = {
    ApplicationState.SUBMITTED: "Open the intake",
    ApplicationState.INTAKE: "Check that it is complete",
    ApplicationState.CRITERIA_REVIEW: "Review the criteria",
    ApplicationState.DECISION_PENDING: "Decide",
}


class Show(StrEnum):
    """Which part of the list is wanted."""

    ALL = "all"
    MINE = "mine"
    OTHERS = "others"


SHOW_WORDS = {
    Show.ALL: "Everything",
    Show.MINE: "What waits for me",
    Show.OTHERS: "What waits for others",
}


@dataclass(frozen=True, slots=True)
class Change:
    """Something that somebody else did in a group of this person."""

    at: datetime
    what: str
    group: str
    url: str


@dataclass(frozen=True, slots=True)
class Hats:
    """As whom somebody looks: their groups, their roles, the agencies whose cases they read."""

    cards: Sequence[GroupCard]
    roles: Roles
    agencies: Collection[int]


def tasks_of(user: User, hats: Hats, show: Show, at: datetime) -> list[Task]:
    """Return the list, what is due first, first; without a date last."""
    roles = hats.roles
    found = [task for card in hats.cards for task in _of_group(card)]
    found += [*_of_organizations(user), *_of_reviews(roles), *_of_cases(roles, hats.agencies)]
    found += tasks_of_proposals(user)
    found += _of_panels(user, at)
    found += [*competition_tasks(roles), *selection_tasks(user, roles)]
    found += debriefs_of(user, at)
    # Asked once: who holds no award is asked nothing more about any.
    held = list(awards_of_person(user.pk)[:MOST_AWARDS])
    found += award_tasks(user, roles, held, at)
    found += match_tasks(user, roles, held)
    busy = with_work(roles)
    for tasks in (payment_tasks, report_tasks):
        found += tasks(user, busy, held)
    found += _of_conflicts(roles)
    if show is not Show.ALL:
        found = [task for task in found if task.is_mine is (show is Show.MINE)]
    return sorted(found, key=_urgency)


def _urgency(task: Task) -> tuple[bool, float, bool]:
    due = task.due_at.timestamp() if task.due_at else 0.0
    return task.due_at is None, due, not task.is_mine


def recent_letters(user: User) -> list[Letter]:
    """Return the newest letters to this person."""
    return list(letters_to(user)[:MOST_LETTERS])


def last_here(user: User, session_key: str | None) -> datetime | None:
    """Return when this person was last seen in an earlier sign-in."""
    rows = OpenSession.objects.filter(user=user).exclude(session_key=session_key or "")
    return rows.order_by("-seen_at").values_list("seen_at", flat=True).first()


def changes_since(user: User, cards: Sequence[GroupCard], since: datetime | None) -> list[Change]:
    """Return what others did in one's groups; the groups' own records, nothing of the office's."""
    if since is None or not cards:
        return []
    groups = {card.mine.group.case_id: card.mine.group for card in cards}
    rows = (
        Entry.objects.filter(case__in=groups, at__gt=since)
        .exclude(actor=f"user:{user.pk}")
        .exclude(verb__in=HIDDEN)
        .order_by("-at")[:MOST_CHANGES]
    )
    return [_change(row, groups[row.case_id]) for row in rows]


def _change(row: Entry, group: ClusterGroup) -> Change:
    words = WORDS.get(row.verb, row.verb.replace("_", " ").capitalize())
    return Change(row.at, words, group.name, reverse("certification:group", args=[group.reference]))


def _of_group(card: GroupCard) -> list[Task]:
    group = card.mine.group
    found = []
    if card.is_your_turn and card.application is not None:
        url = reverse("certification:application", args=[card.application.case.reference])
        waits = "The office waits for your group"
        found.append(Task("Answer the office", group.name, url, True, waits, card.due_at))
    elif card.application is None:
        url = reverse("certification:group", args=[group.reference])
        found.append(Task("Prepare the group", group.name, url, True, "Nobody waits yet"))
    elif card.application.submitted_at is None:
        url = reverse("certification:application", args=[card.application.case.reference])
        found.append(Task("Finish the application", group.name, url, True, "Nobody waits yet"))
    if card.mine.waiting:
        url = reverse("certification:members", args=[group.reference])
        one = card.mine.waiting == 1
        what = (
            f"{card.mine.waiting} {'organization has' if one else 'organizations have'} to answer"
        )
        found.append(Task(what, group.name, url, False, "Your group waits for them"))
    return found


def _of_organizations(user: User) -> list[Task]:
    rows = (
        OrganizationRole.objects.filter(
            user=user, until=None, is_administrator=True, organization__superseded_by=None
        )
        .annotate(
            asking=Count(
                "organization__join_requests",
                filter=Q(organization__join_requests__answered_at=None),
            )
        )
        .filter(asking__gt=0)
        .values_list("organization__legal_name", "organization__case__reference", "asking")
    )
    return [
        Task(
            f"{asking} {'person asks' if asking == 1 else 'people ask'} to join",
            name,
            reverse("accounts:organization", args=[reference]) + "#requests",
            is_mine=True,
            waits="They wait for you",
        )
        for name, reference, asking in rows
    ]


def _of_reviews(roles: Roles) -> list[Task]:
    reviewers = {AgencyRoleKind.ADMINISTRATOR, AgencyRoleKind.PROGRAMME_OFFICER}
    if not any(role in reviewers for _, role in roles):
        return []
    waiting = reviews().count()
    if not waiting:
        return []
    what = f"{waiting} {'pair' if waiting == 1 else 'pairs'} of organizations to look at"
    url = reverse("accounts:duplicates")
    return [Task(what, "Organizations that may be one", url, True, "They wait for an officer")]


def _of_panels(user: User, at: datetime) -> list[Task]:
    """What somebody's seats ask; who holds none is asked nothing more."""
    rows = PanelSeat.objects.filter(user=user, state__in=[SeatState.INVITED, SeatState.ACCEPTED])
    seats = list(rows.select_related("competition").order_by("invited_at"))
    return [*_of_own_reviews(user, at), *_of_seats(seats)] if seats else []


def _of_own_reviews(user: User, at: datetime) -> list[Task]:
    """Reviews that wait for this person; those that are not to be known of are not among them."""
    return [
        Task(
            one.next_step,
            one.assignment.proposal.title,
            reverse("grants:review", args=[one.assignment.reference]),
            is_mine=True,
            waits="The panel waits for you",
            due_at=one.assignment.due_at,
        )
        for one in own_reviews(user, at)
        if one.is_open
    ]


def _of_cases(roles: Roles, agencies: Collection[int]) -> list[Task]:
    if not agencies:
        return []
    found = []
    for row in staff_queue(agencies, QueueFilter())[:MOST_CASES]:
        turn = next((one for one in Turn if row.state in TURN_STATES[one]), Turn.DECIDED)
        is_mine = (row.agency_id, MOVERS.get(turn)) in roles
        waits = "The office waits for the group" if turn is Turn.APPLICANT else "The group waits"
        url = reverse("certification:staff_case", args=[row.case.reference])
        due = getattr(row, "due_at", None)
        what = OFFICE_WORDS.get(row.status, APPLICATION.labels[row.status])
        found.append(Task(what, row.group.name, url, is_mine, waits, due))
    return found


def _of_seats(seats: Sequence[PanelSeat]) -> list[Task]:
    """What a reviewer or chair does before reading; nothing here depends on any proposal."""
    found = []
    for seat in seats:
        url = reverse("grants:panel_seat", args=[seat.reference])
        if seat.state == SeatState.INVITED:
            what = "Accept or decline a seat on the panel"
        elif seat.trained_at is None or seat.certified_at is None:
            what = "Prepare for the panel: profile, training, conflicts"
        else:
            continue
        found.append(Task(what, seat.competition.title, url, True, "The agency waits for you"))
    return found


def _of_conflicts(roles: Roles) -> list[Task]:
    """Matches that nobody proved, for conflict officers."""
    agencies = {agency for agency, role in roles if role is AgencyRoleKind.CONFLICT_OFFICER}
    if not agencies:
        return []
    edges = ConflictEdge.objects.filter(
        ended_at=None,
        is_unverified=True,
        looked_at=None,
        proposal__competition__agency__in=agencies,
    )
    counted = edges.values(
        "proposal__competition__case__reference", "proposal__competition__title"
    ).annotate(number=Count("pk"))
    return [
        Task(
            f"{row['number']} {'match' if row['number'] == 1 else 'matches'} to look at",
            row["proposal__competition__title"],
            reverse("grants:conflicts", args=[row["proposal__competition__case__reference"]])
            + "?waits=look",
            True,
            "New assignments and reads wait",
        )
        for row in counted.order_by("proposal__competition__title")
    ]
