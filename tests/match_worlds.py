"""Matching funds for the worlds that tests start from."""

from __future__ import annotations

from typing import TYPE_CHECKING

from accounts.actors import actor_from_user
from certification.queries.personal_links import token_of
from grants.actions.ask_confirmation import ask_confirmation
from grants.actions.make_complaint import make_complaint
from grants.models import Award
from grants.rules.match.states import ContributionState
from tests.factories.awards import add_evidence, make_contribution, make_pledge
from trail.queries.clock import database_now

if TYPE_CHECKING:
    from tests.worlds import World


def add_match(world: World, award: Award) -> None:
    """A promise to an accepted award, and a contribution whose giver is asked to confirm."""
    administrator = world.people["group_administrator"]
    pledge = make_pledge(award)
    asked = make_contribution(
        pledge, ContributionState.EVIDENCE_ATTACHED, recorded_by=administrator
    )
    add_evidence(asked.source, award)
    link = ask_confirmation(
        actor=actor_from_user(administrator), at=database_now(), contribution=asked, key="match"
    )
    complaint = make_complaint(
        actor=actor_from_user(administrator),
        at=database_now(),
        pledge=pledge,
        words="The hours are not ours.",
        key="complaint",
    )
    world.places |= {
        "complaint": complaint.reference,
        "match_pledge": pledge.reference,
        "match_contribution": asked.reference,
        "award_giver_token": token_of(link.nonce),
    }
