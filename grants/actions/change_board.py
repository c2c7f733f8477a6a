"""The chair changes the plan by hand: add, take off, swap; and takes a change back."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from grants.actions.move_competition import lock_competition
from grants.models import Assignment, BoardChange, Competition
from grants.queries.boards import limits_of, pairs_of
from grants.rules.board import Change, change_refusal
from grants.rules.panel_states import AssignmentState
from kit.refusals import Refused, refuse
from trail.actions.claim_key import claim_key, settle_key
from trail.actions.record_entry import record_entry
from trail.actors import Actor

RELEASED = refuse(
    "already_released",
    "This reviewer has been told of the assignment. Use “Replace” on the reviewer's line instead.",
).refusal


@transaction.atomic
def change_board(
    *, actor: Actor, at: datetime, competition: Competition, change: Change, key: str
) -> BoardChange | None:
    """Write the change, kept so that it can be undone.

    Raises:
        Refused: what `grants.rules.board.change_refusal` says, ``already_released``.
    """
    body = f"{sorted(change.added)}{sorted(change.removed)}"
    claim = claim_key(actor=actor, at=at, key=key, verb="change_board", body=body)
    if claim.result_reference:
        return BoardChange.objects.filter(pk=claim.result_reference).first()
    locked = lock_competition(competition)
    _apply(actor, at, locked, change)
    row = BoardChange.objects.create(
        competition=locked,
        changed_by=str(actor),
        changed_at=at,
        added=[list(pair) for pair in sorted(change.added)],
        removed=[list(pair) for pair in sorted(change.removed)],
    )
    _tell(actor, at, locked, "board_changed", row)
    settle_key(claim, str(row.pk))
    return row


@transaction.atomic
def undo_change(*, actor: Actor, at: datetime, competition: Competition, key: str) -> BoardChange:
    """Take the last change by hand back.

    Raises:
        Refused: ``nothing_to_undo``, or why the way back is closed meanwhile.
    """
    claim = claim_key(actor=actor, at=at, key=key, verb="undo_board", body=str(competition.pk))
    if claim.result_reference:
        return BoardChange.objects.get(pk=claim.result_reference)
    locked = lock_competition(competition)
    row = last_change(locked)
    if row is None:
        raise refuse("nothing_to_undo", "There is no change to undo.")
    _apply(actor, at, locked, change_of(row).undone)
    row.undone_at = at
    row.save(update_fields=["undone_at"])
    _tell(actor, at, locked, "board_change_undone", row)
    settle_key(claim, str(row.pk))
    return row


def last_change(competition: Competition) -> BoardChange | None:
    """The newest change that stands."""
    return BoardChange.objects.filter(competition=competition, undone_at=None).first()


def change_of(row: BoardChange) -> Change:
    """The change as the rules read it."""
    return Change(
        frozenset((one, other) for one, other in row.added),
        frozenset((one, other) for one, other in row.removed),
    )


def _apply(actor: Actor, at: datetime, competition: Competition, change: Change) -> None:
    pairs = pairs_of(competition)
    refusal = change_refusal(change, pairs, limits_of(competition))
    if refusal is not None:
        raise Refused(refusal)
    for proposal, seat in change.removed:
        dropped, _ = Assignment.objects.filter(
            proposal=proposal, seat=seat, state=AssignmentState.PROPOSED
        ).delete()
        if not dropped:
            raise Refused(RELEASED)
    for proposal, seat in sorted(change.added):
        Assignment.objects.create(
            proposal_id=proposal, seat_id=seat, assigned_by=str(actor), assigned_at=at
        )


def _tell(
    actor: Actor, at: datetime, competition: Competition, verb: str, row: BoardChange
) -> None:
    facts = {"added": row.added, "removed": row.removed}
    record_entry(case=competition.case, actor=actor, at=at, verb=verb, facts=facts)
