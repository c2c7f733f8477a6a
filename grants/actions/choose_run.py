"""The chair takes a solution: its pairs become the plan on the board, hidden until released."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction

from grants.actions.move_competition import lock_competition
from grants.models import Assignment, AssignmentRun, Competition, PanelSeat, Proposal
from grants.queries.assignment_facts import FIXED, TO_ASSIGN
from grants.queries.conflicts import barred_pairs
from grants.rules.panel_states import AssignmentState, SeatState
from kit.refusals import refuse
from trail.actions.claim_key import claim_key, settle_key
from trail.actions.record_entry import record_entry
from trail.actors import Actor


@transaction.atomic
def choose_run(*, actor: Actor, at: datetime, run: AssignmentRun, key: str) -> AssignmentRun:
    """Put the run's pairs on the board in place of what was only planned before.

    Side effects: planned pairs of these proposals are dropped, those of the run are written;
    pairs that were released stay. Trail of the competition.

    Raises:
        Refused: ``no_solution``; ``run_is_old`` where panel, proposals or conflicts have changed.
    """
    claim = claim_key(actor=actor, at=at, key=key, verb="choose_run", body=run.reference)
    if claim.result_reference:
        return run
    competition = lock_competition(run.competition)
    row = AssignmentRun.objects.select_for_update().get(pk=run.pk)
    if not row.result["is_possible"]:
        raise refuse("no_solution", "This run found no assignment. Change a limit and run again.")
    pairs = _pairs(row.result)
    _check_fresh(competition, row.result, pairs)
    proposals = row.result["proposals"]
    Assignment.objects.filter(proposal__in=proposals, state=AssignmentState.PROPOSED).delete()
    Assignment.objects.bulk_create(
        Assignment(
            proposal_id=proposal,
            seat_id=seat,
            run=row,
            assigned_by=str(actor),
            assigned_at=at,
        )
        for proposal, seat in sorted(pairs - _fixed(proposals))
    )
    row.chosen_at = at
    row.save(update_fields=["chosen_at"])
    record_entry(
        case=competition.case,
        actor=actor,
        at=at,
        verb="assignment_chosen",
        facts={"run": row.reference, "pairs": len(pairs)},
    )
    settle_key(claim, row.reference)
    return row


def _pairs(result: dict[str, Any]) -> set[tuple[int, int]]:
    return {(result["proposals"][row], result["seats"][seat]) for row, seat in result["pairs"]}


def _fixed(proposals: list[int]) -> set[tuple[int, int]]:
    rows = Assignment.objects.filter(proposal__in=proposals, state__in=FIXED)
    return set(rows.values_list("proposal_id", "seat_id"))


def _check_fresh(
    competition: Competition, result: dict[str, Any], pairs: set[tuple[int, int]]
) -> None:
    """The world may have moved since the run: seats, ties, proposals, released pairs."""
    fixed = _fixed(result["proposals"])
    barred = {(proposal, seat) for seat, proposal in barred_pairs(competition)}
    seats = PanelSeat.objects.filter(pk__in=result["seats"], state=SeatState.ACCEPTED).count()
    waiting = Proposal.objects.filter(pk__in=result["proposals"], state__in=TO_ASSIGN).count()
    is_fresh = (
        not (pairs - fixed) & barred
        and fixed <= pairs
        and seats == len(result["seats"])
        and waiting == len(result["proposals"])
    )
    if not is_fresh:
        raise refuse(
            "run_is_old",
            "Panel, proposals or conflicts have changed since this run. Run the assignment again.",
        )
