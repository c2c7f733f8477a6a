"""Proposals made by the acts that people use, for groups that are designated."""

from __future__ import annotations

import itertools
from dataclasses import dataclass
from typing import Any

from accounts.actors import actor_from_user
from accounts.models import User
from certification.models import ClusterGroup
from grants.actions.start_proposal import start_proposal
from grants.models import Competition, Proposal
from tests.factories.accounts import make_user
from tests.factories.certification_groups import make_group, seat_representative
from tests.factories.grants import make_competition, make_designation
from trail.queries.clock import database_now

_keys = itertools.count(1)


def new_key() -> str:
    """Return a key that no form has used."""
    return f"proposal-key-{next(_keys)}"


@dataclass(frozen=True)
class Applicant:
    """A designated group and the two people who act for it."""

    group: ClusterGroup
    administrator: User
    representative: User
    competition: Competition


def make_applicant(competition: Competition | None = None, **group: Any) -> Applicant:
    """A group with a designation in force, before it has started anything."""
    competition = competition or make_competition()
    administrator, representative = make_user(), make_user()
    made = make_group(administrator, competition.agency, **group)
    seat_representative(made, representative)
    make_designation(made)
    return Applicant(made, administrator, representative, competition)


def started(applicant: Applicant | None = None) -> Proposal:
    """A proposal as it is on its first day."""
    applicant = applicant or make_applicant()
    return start_proposal(
        actor=actor_from_user(applicant.administrator),
        at=database_now(),
        competition=applicant.competition,
        group=applicant.group,
        key=new_key(),
    )
