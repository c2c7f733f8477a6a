"""Scenes of assignment and review for the worlds that tests start from."""

from __future__ import annotations

from typing import TYPE_CHECKING

from accounts.models import Agency
from grants.models import AssignmentRun
from grants.rules.panel_states import AssignmentState
from grants.rules.states import CompetitionState, ProposalState
from tests.factories.grants import (
    DIGEST,
    make_assignment,
    make_competition,
    make_proposal,
    make_seat,
)
from trail.queries.clock import database_now

if TYPE_CHECKING:
    from tests.worlds import World


def add_review(world: World, home: Agency) -> None:
    """A competition in review with a board, a run that found nothing, and a released review."""
    competition = make_competition(CompetitionState.REVIEW, agency=home)
    proposal = make_proposal(competition, ProposalState.UNDER_REVIEW)
    seat = make_seat(competition)
    released = make_assignment(proposal, seat, AssignmentState.RELEASED)
    told = {
        "is_possible": False,
        "proposals": [proposal.pk],
        "seats": [seat.pk],
        "fits": [[0.5]],
        "shortage": {"sentences": ["Two reviews cannot be placed."]},
    }
    run = AssignmentRun.objects.create(
        competition=competition,
        asked_by="user:1",
        at=database_now(),
        inputs_digest=DIGEST,
        seed=1,
        result=told,
    )
    world.places |= {
        "review_competition": competition.reference,
        "review_proposal": proposal.reference,
        "review": released.reference,
        "assignment_run": run.reference,
    }
