"""The first and last step of every change to a proposal that is being written."""

from __future__ import annotations

from datetime import datetime

from grants.actions.move_proposal import Act, Asked, Step, finish_act, lock_proposal
from grants.models import Proposal
from grants.rules.states import ProposalState
from grants.rules.submitting import edit_refusal
from kit.refusals import Refused
from trail.actors import Actor

UNCERTIFIED = {
    "certified_by": None,
    "certified_at": None,
    "certified_title": "",
    "certified_hash": "",
}


def begin_edit(proposal: Proposal) -> Proposal:
    """Return the locked row.

    Raises:
        Refused: ``not_a_draft``.
    """
    row = lock_proposal(proposal)
    refusal = edit_refusal(row.status)
    if refusal is not None:
        raise Refused(refusal)
    return row


def finish_edit(row: Proposal, *, actor: Actor, at: datetime, section: str) -> None:
    """Take back a certification: somebody must read the new words."""
    if row.status is not ProposalState.READY:
        return
    act = Act(actor, at, Asked("change"), row, None, is_repeat=False)
    finish_act(act, Step(facts={"section": section}, changes=UNCERTIFIED))
