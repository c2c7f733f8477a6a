"""Before the close: go on from a submitted version, or keep it after all; withdraw."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from certification.queries.applications import person_in
from grants.actions.ask_giver import close_links
from grants.actions.edit_proposal import UNCERTIFIED
from grants.actions.move_proposal import Asked, Step, begin_act, finish_act, raise_first
from grants.actions.name_people import restore_lists
from grants.actions.watch_proposal import CLOSE, REMINDER, watch_proposal
from grants.models import Proposal
from grants.queries.late_leaves import leave_of
from grants.queries.proposal_drafts import draft_of
from grants.rules import proposal_letters
from grants.rules.submitting import revise_refusals, withdraw_refusals
from kit.refusals import refuse
from records.actions.set_deadline import meet_deadline
from trail.actors import Actor


@transaction.atomic
def revise_proposal(*, actor: Actor, at: datetime, proposal: Proposal, key: str) -> Proposal:
    """Prepare a new version; the one that counts goes on counting until a new one is valid.

    Raises:
        Refused: ``illegal_transition``, ``too_late``.
    """
    act = begin_act(actor=actor, at=at, proposal=proposal, asked=Asked("revise", key))
    row = act.proposal
    if act.is_repeat:
        return row
    may_be_late = leave_of(row, at) is not None
    raise_first(revise_refusals(draft_of(row, at), at, may_be_late=may_be_late))
    finish_act(act, Step(changes=UNCERTIFIED))
    watch_proposal(row, at)
    return row


@transaction.atomic
def keep_submitted(*, actor: Actor, at: datetime, proposal: Proposal, key: str) -> Proposal:
    """Leave the new version; what was submitted before stands. Nothing written is lost.

    Raises:
        Refused: ``illegal_transition``, ``nothing_submitted``.
    """
    act = begin_act(actor=actor, at=at, proposal=proposal, asked=Asked("keep_submitted", key))
    row = act.proposal
    if act.is_repeat:
        return row
    if row.counting is None:
        raise refuse("nothing_submitted", "No version was received complete yet.")
    restore_lists(row)
    facts = {"receipt": row.counting.receipt_number}
    finish_act(act, Step(facts=facts, changes=UNCERTIFIED))
    return row


@transaction.atomic
def withdraw_proposal(
    *, actor: Actor, at: datetime, proposal: Proposal, reason: str = "", key: str = ""
) -> Proposal:
    """Withdraw; everything stays readable for the group.

    Side effects: state, deadlines, trail, a letter to each seat.

    Raises:
        Refused: ``illegal_transition``, ``already_over``, ``not_representative``.
    """
    asked = Asked("withdraw", key, {"reason": reason})
    act = begin_act(actor=actor, at=at, proposal=proposal, asked=asked)
    row = act.proposal
    if act.is_repeat:
        return row
    raise_first(withdraw_refusals(row.status, person_in(row.group, actor)))
    for kind in (REMINDER, CLOSE):
        meet_deadline(case=row.case, kind=kind, at=at)
    close_links(row, at)
    facts = {"reason": reason.strip()} if reason.strip() else {}
    letter = proposal_letters.withdrawn()
    finish_act(act, Step(facts=facts, changes={"withdrawn_at": at}, letter=letter))
    return row
