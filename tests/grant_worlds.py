"""Scenes of grants for the worlds that tests start from."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from accounts.actors import actor_from_user
from accounts.models import Agency, User
from certification.models import ClusterGroup
from grants.actions.find_conflicts import find_conflicts
from grants.actions.invite_reviewer import accept_invitation
from grants.models import Competition, ConflictEdge, PanelSeat, ReviewerEmployment, ScreeningFinding
from grants.queries.panel_links import panel_token
from grants.rules.panel_states import MatchState
from grants.rules.screening import ScreeningRule
from grants.rules.states import CompetitionState, ProposalState
from grants.rules.terms import PanelRole
from tests.factories.grants import (
    make_competition,
    make_giver,
    make_named_person,
    make_proposal,
)
from tests.factories.panels import ask_to_panel, make_reviewer
from trail.queries.clock import database_now

if TYPE_CHECKING:
    from tests.worlds import World

TIED_EMPLOYER = "Blue Harbor Bank"


def add_competition(world: World, home: Agency) -> Competition:
    """An open competition of the agency with a question, a draft, and one in clearance."""
    competition = make_competition(agency=home)
    inquiry = competition.inquiries.create(
        asked_by=world.people["group_administrator"],
        asked_at=database_now(),
        text="May a college lead the plan?",
    )
    opens_at = database_now() + timedelta(days=10)
    ahead = {"opens_at": opens_at, "closes_at": opens_at + timedelta(days=90)}
    draft = make_competition(CompetitionState.DRAFT, agency=home, **ahead)
    cleared = make_competition(CompetitionState.CLEARANCE, agency=home, **ahead)
    world.places |= {
        "competition": competition.reference,
        "inquiry": inquiry.reference,
        "draft_competition": draft.reference,
        "cleared_competition": cleared.reference,
    }
    return competition


def seated(competition: Competition, officer: User, person: User, role: PanelRole) -> PanelSeat:
    """A seat that was asked for and taken; conflicts signed and training passed."""
    asked = ask_to_panel(competition, officer, person, role=role)
    at = database_now()
    seat = accept_invitation(actor=actor_from_user(person), at=at, invitation=asked, user=person)
    seat.certified_at = seat.trained_at = at
    seat.save(update_fields=["certified_at", "trained_at"])
    return seat


def add_panel(world: World, home: Agency) -> Competition:
    """A competition in review: two proposals, two reviewers, a chair, one tie of either kind."""
    people, officer = world.people, world.people["programme_officer"]
    competition = make_competition(CompetitionState.REVIEW, agency=home)
    seen = make_proposal(competition, ProposalState.UNDER_REVIEW)
    hidden = make_proposal(competition, ProposalState.UNDER_REVIEW)
    make_giver(hidden, TIED_EMPLOYER, state=MatchState.SIGNED, answered_at=database_now())
    people["reviewer"] = make_reviewer("Rhea Reviewer")
    people["conflicted_reviewer"] = make_reviewer("Conrad Conflicted", TIED_EMPLOYER)
    people["chair"] = make_reviewer("Cleo Chair", "Hall of Records")
    seat = seated(competition, officer, people["reviewer"], PanelRole.REVIEWER)
    seated(competition, officer, people["conflicted_reviewer"], PanelRole.REVIEWER)
    seated(competition, officer, people["chair"], PanelRole.CHAIR)
    # A match that nobody proved waits for a look.
    make_named_person(seen, "Another Person", email=people["chair"].email)
    find_conflicts(at=database_now(), competition=competition)
    unproved = ConflictEdge.objects.get(user=people["chair"], proposal=seen)
    invitation = ask_to_panel(competition, officer)
    world.places |= {
        "panel_competition": competition.reference,
        "panel_seat": seat.reference,
        "panel_invitation": invitation.reference,
        "panel_token": panel_token(invitation.nonce),
        "panel_proposal": seen.reference,
        "hidden_proposal": hidden.reference,
        "tie": unproved.pk,
        "profile_entry": _first_job(people["reviewer"]),
        "screened_proposal": seen.reference,
        "out_proposal": _not_eligible(world, competition),
    }
    return competition


def _first_job(user: User) -> str:
    return ReviewerEmployment.objects.get(profile__user=user).reference


def _not_eligible(world: World, competition: Competition) -> str:
    """The proposal of the group of the world's applicants, found not eligible."""
    group = ClusterGroup.objects.get(case__reference=world.places["group"])
    proposal = make_proposal(competition, ProposalState.INELIGIBLE, group=group)
    now = database_now()
    ScreeningFinding.objects.create(
        proposal=proposal,
        outcome="ineligible",
        rule=ScreeningRule.PERIOD,
        explanation="Three years are asked for; the notice offers two.",
        written_by="user:1",
        written_at=now,
        is_agreed=True,
        checked_by="user:2",
        checked_at=now,
    )
    return proposal.reference
