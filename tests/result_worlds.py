"""A scene of announced results for the worlds that tests start from."""

from __future__ import annotations

from typing import TYPE_CHECKING

from accounts.actors import actor_from_user
from accounts.models import Agency
from grants.actions.appeal_result import file_appeal
from grants.rules.debrief import AppealGround
from grants.rules.terms import PanelRole
from tests.factories.certification_groups import make_group, seat_representative
from tests.factories.grants import make_seat
from trail.queries.clock import database_now

if TYPE_CHECKING:
    from tests.worlds import World


def add_results(world: World, home: Agency) -> None:
    """An announced competition in which the group's people applied, with their appeal."""
    # Imported here: this scene stands on the people of the world.
    from tests.factories.selection import (  # noqa: PLC0415
        advised,
        announced,
        decided,
        reviewed,
        started,
    )

    group = make_group(world.people["group_administrator"], home, name="Sandusky Glass")
    seat_representative(group, world.people["authorized_representative"])
    people = {
        "officer": world.people["programme_officer"],
        "official": world.people["selecting_official"],
        "publisher": world.people["publisher"],
    }
    judged = reviewed(agency=home, people=people, groups=[group])
    scene, row = announced(decided(advised(started(judged))))
    appeal = file_appeal(
        actor=actor_from_user(world.people["authorized_representative"]),
        at=database_now(),
        proposal=scene.proposals[0],
        ground=AppealGround.PROCESS_ERROR,
        words="The notice promises three reviews, and one of ours speaks of another proposal.",
    )
    world.places |= {
        "announced": scene.competition.reference,
        "result": row.pk,
        "judged_proposal": scene.proposals[0].reference,
        "result_appeal": appeal.reference if appeal else "",
        "chair_seat": make_seat(scene.competition, role=PanelRole.CHAIR).reference,
    }
