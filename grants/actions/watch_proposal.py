"""Reminders before a competition closes, and what the close itself does to a proposal."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction

from grants.actions.edit_proposal import UNCERTIFIED
from grants.actions.move_proposal import (
    Asked,
    Step,
    begin_act,
    finish_act,
    lock_proposal,
    write_to_applicants,
)
from grants.actions.name_people import restore_lists
from grants.models import Proposal
from grants.rules.proposal_letters import reminder
from grants.rules.reminders import next_reminder
from grants.rules.states import BEING_WRITTEN
from records.actions.set_deadline import set_deadline
from trail.actors import SYSTEM
from trail.models import Case
from trail.queries.clock import LONGEST_QUEUE

REMINDER, CLOSE = "remind_applicants", "close_proposal"
# What arrived before the close may still be waiting; after that the door is shut for good.
GRACE = LONGEST_QUEUE + timedelta(seconds=60)


def watch_proposal(proposal: Proposal, at: datetime) -> None:
    """Set the next reminder and the moment after the close. Runs inside an act."""
    closes_at = proposal.competition.closes_at
    if closes_at is None:
        return
    due = next_reminder(closes_at, at)
    if due is not None:
        set_deadline(case=proposal.case, kind=REMINDER, due_at=due)
    set_deadline(case=proposal.case, kind=CLOSE, due_at=closes_at + GRACE)


@transaction.atomic
def remind_applicants(case: Case, at: datetime) -> None:
    """Write to the group while nothing was submitted; called by the sweep of deadlines."""
    proposal = lock_proposal(Proposal.objects.get(case=case))
    closes_at = proposal.competition.closes_at
    if closes_at is None or at >= closes_at or proposal.status not in BEING_WRITTEN:
        return
    letter = reminder(
        title=proposal.title,
        until=closes_at - timedelta(minutes=1),
        has_version=proposal.counting_id is not None,
    )
    write_to_applicants(at=at, proposal=proposal, letter=letter, key=f"remind:{at.isoformat()}")
    watch_proposal(proposal, at)


@transaction.atomic
def close_proposal(case: Case, at: datetime) -> None:
    """After the close the last validated version counts; called by the sweep of deadlines.

    A close that was moved meanwhile, such as after an outage, is waited for again.
    """
    proposal = lock_proposal(Proposal.objects.get(case=case))
    closes_at = proposal.competition.closes_at
    if closes_at is not None and at < closes_at + GRACE:
        watch_proposal(proposal, at)
        return
    if proposal.status not in BEING_WRITTEN or proposal.counting is None:
        return
    asked = Asked("keep_submitted")
    act = begin_act(actor=SYSTEM, at=at, proposal=proposal, asked=asked)
    restore_lists(act.proposal)
    facts = {"receipt": proposal.counting.receipt_number}
    finish_act(act, Step(facts=facts, changes=UNCERTIFIED))
