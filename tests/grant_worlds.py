"""Scenes of grants for the worlds that tests start from."""

from __future__ import annotations

from typing import TYPE_CHECKING

from accounts.models import Agency
from grants.models import Competition
from tests.factories.grants import make_competition

if TYPE_CHECKING:
    from tests.worlds import World


def add_competition(world: World, home: Agency) -> Competition:
    """An open competition of the agency."""
    competition = make_competition(agency=home)
    world.places["competition"] = competition.reference
    return competition
