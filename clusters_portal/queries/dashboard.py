"""What somebody's work is: groups, what waits for them, the cases of their office."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from accounts.models import AgencyRole, User
from accounts.registry import OpenInvitation, open_invitations
from accounts.rules.roles import ROLE_LABELS, AgencyRoleKind
from certification.models import Application, DenialProposal, InformationRequest
from certification.queries import groups as certification_groups
from certification.queries.staff_queue import turn_counts
from certification.rules.staff_queue import TURN_WORDS, Turn
from certification.rules.states import APPLICATION, STAGES, ApplicantStage, ApplicationState

TONES = {
    ApplicantStage.PREPARING: "quiet",
    ApplicantStage.UNDER_REVIEW: "info",
    ApplicantStage.YOUR_TURN: "turn",
    ApplicantStage.DECIDED: "good",
}


@dataclass(frozen=True, slots=True)
class GroupCard:
    """A group with its newest application, as its people see it.

    Attributes:
        mine: the group, the person's seat, how many confirmed and how many still wait.
        application: the newest application, None before the first.
        due_at: when the time to answer runs out for good, None where nothing is asked.
    """

    mine: certification_groups.MyGroup
    application: Application | None
    due_at: datetime | None

    @property
    def stage(self) -> ApplicantStage:
        """The state that applicants see."""
        return stage_of(self.application)

    @property
    def words(self) -> str:
        """The state in words; a decision is named."""
        if self.application is None or self.stage is not ApplicantStage.DECIDED:
            return self.stage.value
        return APPLICATION.labels[ApplicationState(self.application.state)]

    @property
    def tone(self) -> str:
        """The colour of the state."""
        if self.application is None or self.stage is not ApplicantStage.DECIDED:
            return TONES[self.stage]
        is_designated = self.application.state == ApplicationState.DESIGNATED
        return TONES[self.stage] if is_designated else "quiet"

    @property
    def is_your_turn(self) -> bool:
        """Whether the office waits for the group."""
        return self.stage is ApplicantStage.YOUR_TURN


@dataclass(frozen=True, slots=True)
class Office:
    """An agency and what the person does there."""

    name: str
    roles: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Queue:
    """The cases of the person's agencies: how many wait for whom."""

    counts: tuple[tuple[Turn, str, int], ...]


@dataclass(frozen=True, slots=True)
class Dashboard:
    """Everything on the page of one's own work."""

    invitations: list[OpenInvitation]
    groups: tuple[GroupCard, ...]
    offices: tuple[Office, ...]
    queue: Queue | None

    @property
    def your_turn(self) -> list[GroupCard]:
        """The groups for which an office waits."""
        return [card for card in self.groups if card.is_your_turn]

    @property
    def is_empty(self) -> bool:
        """Whether the person has not begun anything yet."""
        return not (self.groups or self.offices or self.invitations)


def stage_of(application: Application | None) -> ApplicantStage:
    """Return the state that applicants see; a group without application is preparing."""
    if application is None:
        return ApplicantStage.PREPARING
    return STAGES[ApplicationState(application.state)]


def dashboard_of(user: User, at: datetime, agencies: Collection[int]) -> Dashboard:
    """Gather the work of one person; `agencies` are those whose cases they may read."""
    return Dashboard(open_invitations(user, at), _groups(user), _offices(user), _queue(agencies))


def _groups(user: User) -> tuple[GroupCard, ...]:
    mine = certification_groups.groups_of(user)
    rows = Application.objects.filter(group__in=[one.group.pk for one in mine])
    newest = {row.group_id: row for row in rows.select_related("case").order_by("started_at")}
    due = _answers_due([row.pk for row in newest.values()])
    cards = []
    for one in mine:
        application = newest.get(one.group.pk)
        cards.append(GroupCard(one, application, due.get(application.pk) if application else None))
    return tuple(cards)


def _answers_due(applications: list[int]) -> dict[int, datetime]:
    """Return when each application closes unless it answers a question or a proposed denial."""
    questions = InformationRequest.objects.filter(
        application__in=applications, answered_at=None, lapsed_at=None
    )
    denials = DenialProposal.objects.filter(application__in=applications, answered_at=None)
    return {
        **dict(denials.values_list("application_id", "answer_until")),
        **dict(questions.values_list("application_id", "closes_at")),
    }


def _offices(user: User) -> tuple[Office, ...]:
    held: dict[str, list[str]] = {}
    rows = AgencyRole.objects.filter(user=user, until=None).select_related("agency")
    for row in rows.order_by("agency__name", "role"):
        held.setdefault(row.agency.name, []).append(ROLE_LABELS[AgencyRoleKind(row.role)])
    return tuple(Office(name, tuple(roles)) for name, roles in held.items())


def _queue(agencies: Collection[int]) -> Queue | None:
    if not agencies:
        return None
    counts = turn_counts(agencies)
    return Queue(tuple((turn, TURN_WORDS[turn], counts[turn]) for turn in Turn))
