"""Proposals as their groups see them."""

from __future__ import annotations

from datetime import datetime

from django.db.models import QuerySet

from accounts.models import User
from certification.models import ClusterGroup, Designation, GroupSeat
from certification.queries.applications import person_in
from certification.rules.application_form import Section
from certification.rules.drafting import cleaned
from certification.rules.groups import SeatRole
from certification.rules.states import DesignationState
from certification.rules.submission import Answers
from grants.models import Competition, Proposal, ProposalSection
from grants.rules.proposal_form import Asked, Notice, sections_of
from grants.rules.starting import Start
from grants.rules.states import ProposalState
from grants.rules.terms import ACTIVITY_WORDS, PlanningActivity
from trail.actors import Actor


def proposals_of(user: User) -> QuerySet[Proposal]:
    """Return the proposals of the groups in which a person holds a seat, the newest first."""
    seats = GroupSeat.objects.filter(user=user, until=None)
    rows = Proposal.objects.filter(group__in=seats.values("group"))
    rows = rows.select_related("case", "group", "competition__agency", "competition__case")
    return rows.order_by("-started_at")


def designation_of(group: ClusterGroup, at: datetime) -> Designation | None:
    """Return the group's designation that is in force on the day."""
    rows = Designation.objects.filter(
        group=group, state=DesignationState.IN_FORCE, term__contains=at.date()
    )
    return rows.select_related("case", "application").first()


def live_proposal_of(group: ClusterGroup, competition: Competition) -> Proposal | None:
    """Return the group's proposal to a competition, unless it was withdrawn."""
    rows = Proposal.objects.filter(group=group, competition=competition)
    return rows.exclude(state=ProposalState.WITHDRAWN).select_related("case").first()


def start_of(competition: Competition, group: ClusterGroup, actor: Actor, at: datetime) -> Start:
    """Return the wish to start a proposal as the rules see it."""
    other = live_proposal_of(group, competition)
    return Start(
        state=competition.status,
        closes_at=competition.closes_at,
        at=at,
        seat=person_in(group, actor).seat,
        is_designated=designation_of(group, at) is not None,
        other=other.case.reference if other else "",
    )


def groups_of(user: User) -> list[ClusterGroup]:
    """Return the groups in which a person holds a seat."""
    rows = ClusterGroup.objects.filter(seats__user=user, seats__until=None)
    return list(rows.select_related("case", "agency").order_by("name").distinct())


def administrators_of(group: ClusterGroup) -> list[GroupSeat]:
    """Return the seats that run the group."""
    rows = group.seats.filter(role=SeatRole.ADMINISTRATOR, until=None).select_related("user")
    return list(rows.order_by("since"))


def notice_of(competition: Competition) -> Notice:
    """Return what the competition lays down for the form."""
    return Notice(
        questions=tuple(
            Asked(one.position, one.heading, one.prompt, one.word_limit)
            for one in competition.questions.all()
        ),
        shortest_years=competition.shortest_years,
        longest_years=competition.longest_years,
        activities=tuple(
            (code, ACTIVITY_WORDS[PlanningActivity(code)]) for code in competition.activities
        ),
    )


def form_of(competition: Competition) -> tuple[Section, ...]:
    """Return the sections that a proposal to this competition has."""
    return sections_of(notice_of(competition))


def section_rows(proposal: Proposal) -> dict[str, ProposalSection]:
    """Return the stored sections by id."""
    return {row.section_id: row for row in proposal.sections.all()}


def answers_of(proposal: Proposal, form: tuple[Section, ...] | None = None) -> Answers:
    """Return what was written, every question of every section."""
    rows = section_rows(proposal)
    return {
        section.id: cleaned(section, rows[section.id].answers if section.id in rows else {})
        for section in form or form_of(proposal.competition)
    }
