"""Proposals for the worlds that tests start from."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from accounts.actors import actor_from_user
from grants.actions.name_people import PartnerDraft, name_subrecipient
from grants.models import Competition
from tests.factories.certification_groups import make_group, seat_representative
from tests.factories.grants import make_designation
from tests.factories.proposals import (
    Applicant,
    asked,
    certified,
    completed,
    listed,
    new_key,
    started,
    submitted,
)
from trail.queries.clock import database_now

if TYPE_CHECKING:
    from tests.worlds import World


def add_proposals(world: World, competition: Competition) -> None:
    """A draft with one of everything, and a proposal with its receipt; of the same two people."""
    administrator = world.people["group_administrator"]
    draft = started(_applicant(world, competition, "Draft Glass"))
    actor, at = actor_from_user(administrator), database_now()
    partner = name_subrecipient(
        actor=actor,
        at=at,
        proposal=draft,
        partner=PartnerDraft("Glass Institute", Decimal(5000)),
        key=new_key(),
    )
    giver = listed(draft)
    sent = submitted(certified(completed(started(_applicant(world, competition, "Sent Glass")))))
    world.places |= {
        "draft_proposal": draft.reference,
        "named_person": draft.people.get().pk,
        "subaward": partner.pk,
        "giver": giver.reference,
        "giver_token": asked(giver),
        "sent_proposal": sent.proposal.reference,
        "proposal_receipt": sent.receipt_number,
    }


def _applicant(world: World, competition: Competition, name: str) -> Applicant:
    administrator = world.people["group_administrator"]
    representative = world.people["authorized_representative"]
    group = make_group(administrator, competition.agency, name=name)
    seat_representative(group, representative)
    make_designation(group)
    return Applicant(group, administrator, representative, competition)
