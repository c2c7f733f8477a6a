"""Scenes of awards for the worlds that tests start from; one function per piece."""

from __future__ import annotations

from typing import TYPE_CHECKING

from accounts.models import Agency
from grants.models import Award, SpecificCondition
from grants.rules.award_states import AwardState
from grants.rules.states import CompetitionState
from tests.factories.award_course import budgeted
from tests.factories.awards import make_award, make_selected
from tests.factories.certification_groups import make_group, seat_representative
from tests.factories.grants import make_competition
from trail.queries.clock import database_now

if TYPE_CHECKING:
    from tests.worlds import World


def add_awards(world: World, home: Agency) -> Award:
    """An accepted award of the applicants' group, with one in each place on the way to it."""
    places = {
        "award": AwardState.ACCEPTED,
        "offered_award": AwardState.OFFERED,
        "obligated_award": AwardState.OBLIGATED,
        "drafted_award": AwardState.DRAFTED,
    }
    made = {
        name: _award(world, home, f"Huron Glass {number}", state)
        for number, (name, state) in enumerate(places.items(), 1)
    }
    world.places |= {name: award.reference for name, award in made.items()}
    selected = make_selected(competition=make_competition(CompetitionState.ANNOUNCED, agency=home))
    budgeted(selected.proposal)
    world.places |= {
        "selected_proposal": selected.proposal.reference,
        "award_competition": made["award"].selected.proposal.competition.reference,
        "award_condition": make_condition(made["drafted_award"]).pk,
    }
    return made["award"]


def _award(world: World, home: Agency, name: str, state: AwardState) -> Award:
    """An award of a group of its own: a group holds one designation."""
    group = make_group(world.people["group_administrator"], home, name=name)
    seat_representative(group, world.people["authorized_representative"])
    competition = make_competition(CompetitionState.ANNOUNCED, agency=home)
    return make_award(state, group=group, competition=competition)


def make_condition(award: Award) -> SpecificCondition:
    """A specific condition with its five elements."""
    return SpecificCondition.objects.create(
        award=award,
        nature="Reports every quarter",
        reason="The last audit had a finding.",
        action="Four reports in time",
        time_allowed="One year",
        reconsideration="Write to the grants officer within 30 days.",
        written_by="user:1",
        written_at=database_now(),
    )
