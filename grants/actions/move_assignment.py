"""The one way in which a review assignment moves: key, lock, lifecycle, rule, trail."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from grants.models import Assignment
from grants.rules.panel_states import ASSIGNMENT, AssignmentState
from grants.rules.reviewing import ON_HOLD
from kit.refusals import NOT_FOUND, Refused, refuse
from trail.actions.claim_key import claim_key, settle_key
from trail.actions.record_entry import record_entry
from trail.actors import Actor
from trail.models import Entry, IdempotencyKey
from trail.rules.chain import canonical


@dataclass(frozen=True, slots=True)
class Asked:
    """What somebody asks to be done: the verb, the key of the form, what it said.

    ``within`` names the verb of the lifecycle whose states allow a step that moves nothing
    itself, such as saving a draft.
    """

    verb: str
    key: str = ""
    body: Mapping[str, Any] = field(default_factory=dict)
    within: str = ""


@dataclass(frozen=True, slots=True)
class Act:
    """An act under way on a locked assignment; ``is_repeat`` when it was done before."""

    actor: Actor
    at: datetime
    asked: Asked
    assignment: Assignment
    claim: IdempotencyKey | None
    is_repeat: bool


def lock_assignment(assignment: Assignment) -> Assignment:
    """The row, locked until the transaction ends, with everything that an act reads."""
    rows = Assignment.objects.select_for_update(of=("self",))
    rows = rows.select_related("proposal__competition__case", "proposal__case", "seat__user")
    return rows.get(pk=assignment.pk)


def begin_act(*, actor: Actor, at: datetime, assignment: Assignment, asked: Asked) -> Act:
    """Claim the key, lock the assignment, ask the lifecycle. Must run inside a transaction.

    Raises:
        Refused: ``key_reused``, ``on_hold`` (a conflict was found), ``illegal_transition``.
    """
    claim = None
    if asked.key:
        body = canonical({"assignment": assignment.pk, **asked.body})
        claim = claim_key(actor=actor, at=at, key=asked.key, verb=asked.verb, body=body)
    row = lock_assignment(assignment)
    if claim is not None and claim.result_reference:
        return Act(actor, at, asked, row, claim, is_repeat=True)
    if row.suspended_at is not None:
        raise Refused(ON_HOLD)
    ASSIGNMENT.move(AssignmentState(row.state), asked.within or asked.verb)
    return Act(actor, at, asked, row, claim, is_repeat=False)


def check_own(act: Act) -> None:
    """Only the reviewer writes the review; for anybody else it does not exist.

    Raises:
        Refused: ``not_found``.
    """
    if act.assignment.seat.user_id != act.actor.user_pk:
        raise refuse(NOT_FOUND, "There is nothing at this address.")


def finish_act(
    act: Act,
    facts: Mapping[str, Any] | None = None,
    changes: Mapping[str, Any] | None = None,
) -> Entry:
    """Move the assignment if the verb moves it, and write the trail of the competition.

    The trail of the proposal never tells of reviewers: its group may read it.
    """
    row, verb = act.assignment, act.asked.verb
    values = dict(changes or {})
    if not act.asked.within:
        values["state"] = ASSIGNMENT.move(AssignmentState(row.state), verb)
    for name, value in values.items():
        setattr(row, name, value)
    if values:
        row.save(update_fields=list(values))
    entry = record_entry(
        case=row.proposal.competition.case,
        actor=act.actor,
        at=act.at,
        verb=f"assignment_{verb}",
        facts={
            "assignment": row.reference,
            "proposal": row.proposal.case.reference,
            "alias": row.seat.alias,
            **(facts or {}),
        },
    )
    if act.claim is not None:
        settle_key(act.claim, row.reference)
    return entry
