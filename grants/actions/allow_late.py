"""An officer lets a group submit after the close, for a recorded reason."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from certification.queries.workers import seat_holders_of
from certification.rules.decision import own_case
from grants.actions.move_proposal import lock_proposal, raise_first, write_to_applicants
from grants.models import LateLeave, Proposal
from grants.rules import proposal_letters
from grants.rules.late import LATE_REASON_WORDS, LateReason, leave_refusals
from grants.rules.states import ProposalState
from kit.refusals import Refused, refuse
from trail.actions.claim_key import claim_key, settle_key
from trail.actions.record_entry import record_entry
from trail.actors import Actor


@dataclass(frozen=True, slots=True)
class Leave:
    """Why, and until when."""

    reason: LateReason
    note: str
    until: datetime


@transaction.atomic
def allow_late(
    *, actor: Actor, at: datetime, proposal: Proposal, leave: Leave, key: str
) -> LateLeave:
    """Record the leave and tell the group. How many came late, and why, is published.

    Raises:
        Refused: ``own_case``, ``no_note``, or the first of `grants.rules.late.leave_refusals`.
    """
    # A double click arrives a moment later: its end would differ, its words do not.
    body = f"{proposal.pk}:{leave.reason}:{leave.note}"
    claim = claim_key(actor=actor, at=at, key=key, verb="allow_late", body=body)
    if claim.result_reference:
        return LateLeave.objects.get(pk=int(claim.result_reference))
    row = lock_proposal(proposal)
    refusal = own_case(seats=seat_holders_of(row.group_id), user_pk=actor.user_pk)
    if refusal is not None:
        raise Refused(refusal)
    if not leave.note.strip():
        raise refuse("no_note", "Say what happened, and how you know.")
    refusals = leave_refusals(
        closes_at=row.competition.closes_at,
        until=leave.until,
        at=at,
        is_withdrawn=row.status is ProposalState.WITHDRAWN,
        state=row.competition.status,
    )
    raise_first(refusals)
    made = LateLeave.objects.create(
        proposal=row,
        reason=leave.reason,
        note=leave.note.strip(),
        until=leave.until,
        granted_by=str(actor),
        granted_at=at,
    )
    facts = {
        "reason": LATE_REASON_WORDS[leave.reason],
        "until": leave.until.isoformat(),
        "note": made.note,
    }
    entry = record_entry(case=row.case, actor=actor, at=at, verb="allow_late", facts=facts)
    letter = proposal_letters.late_allowed(row.title, leave.until)
    write_to_applicants(at=at, proposal=row, letter=letter, key=str(entry.sequence))
    settle_key(claim, str(made.pk))
    return made
