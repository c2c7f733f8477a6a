"""The chair releases the plan: reviewers learn of their proposals, all in one moment."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection
from datetime import datetime

from django.db import transaction
from django.urls import reverse

from grants.actions import move_proposal
from grants.actions.move_competition import lock_competition
from grants.actions.watch_reviews import watch_reviews
from grants.actions.write_to_panel import PanelLetter, write_to_panel
from grants.models import Assignment, Competition
from grants.queries.boards import live_assignments
from grants.rules.panel_states import ASSIGNMENT, AssignmentState
from grants.rules.states import CompetitionState, ProposalState
from kit.refusals import refuse
from trail.actions.claim_key import claim_key, settle_key
from trail.actions.record_entry import record_entry
from trail.actors import Actor


@transaction.atomic
def release_assignments(
    *,
    actor: Actor,
    at: datetime,
    competition: Competition,
    due_at: datetime,
    key: str,
    hidden: Collection[int] = (),
) -> int:
    """Release every planned pair of the proposals that the chair may know of.

    Side effects: assignments released with their due date, eligible proposals in review, one
    letter per reviewer, the first reminder on the calendar, trail.

    Returns:
        How many assignments were released.

    Raises:
        Refused: ``not_in_review``, ``due_in_the_past``, ``nothing_planned``, ``too_few_reviewers``.
    """
    body = f"{competition.pk}:{due_at.isoformat()}"
    claim = claim_key(actor=actor, at=at, key=key, verb="release_assignments", body=body)
    if claim.result_reference:
        return int(claim.result_reference)
    row = lock_competition(competition)
    if row.status is not CompetitionState.REVIEW:
        raise refuse("not_in_review", "Assignments are released once the review has started.")
    if due_at <= at:
        raise refuse("due_in_the_past", "Choose a due date in the future.")
    planned = _planned(row, hidden)
    _release(planned, due_at)
    _begin_reviews(actor, at, planned)
    _write(at, row, planned, due_at)
    record_entry(
        case=row.case,
        actor=actor,
        at=at,
        verb="assignments_released",
        facts={"assignments": [one.reference for one in planned], "due_at": due_at.isoformat()},
    )
    watch_reviews(row, at)
    settle_key(claim, str(len(planned)))
    return len(planned)


def _planned(competition: Competition, hidden: Collection[int]) -> list[Assignment]:
    live = [one for one in live_assignments(competition) if one.proposal_id not in set(hidden)]
    planned = [one for one in live if one.state == AssignmentState.PROPOSED]
    if not planned:
        raise refuse("nothing_planned", "There is nothing to release. Plan the assignment first.")
    count = Counter(one.proposal_id for one in live)
    few = {one.proposal_id for one in planned} & {
        pk for pk, team in count.items() if team < competition.reviews_per_proposal
    }
    if few:
        raise refuse(
            "too_few_reviewers",
            f"{len(few)} of the planned proposals {'has' if len(few) == 1 else 'have'} fewer than "
            f"{competition.reviews_per_proposal} reviewers. Add reviewers first.",
        )
    return planned


def _release(planned: list[Assignment], due_at: datetime) -> None:
    state = ASSIGNMENT.move(AssignmentState.PROPOSED, "release")
    Assignment.objects.filter(pk__in=[one.pk for one in planned]).update(state=state, due_at=due_at)


def _begin_reviews(actor: Actor, at: datetime, planned: list[Assignment]) -> None:
    for pk in sorted({one.proposal_id for one in planned}):
        proposal = next(one.proposal for one in planned if one.proposal_id == pk)
        if proposal.state == ProposalState.ELIGIBLE:
            asked = move_proposal.Asked("begin_review")
            act = move_proposal.begin_act(actor=actor, at=at, proposal=proposal, asked=asked)
            move_proposal.finish_act(act, move_proposal.Step())


def _write(
    at: datetime, competition: Competition, planned: list[Assignment], due_at: datetime
) -> None:
    by_seat: dict[int, list[Assignment]] = defaultdict(list)
    for one in planned:
        by_seat[one.seat_id].append(one)
    for mine in by_seat.values():
        count = len(mine)
        what = "one proposal" if count == 1 else f"{count} proposals"
        letter = PanelLetter(
            subject="Your proposals to review",
            text=(
                f"We ask you to review {what}. Accept or decline each of them on the portal. If "
                "you find a conflict that we do not know of, say so there at once."
            ),
            link_words="Open your reviews",
            link_path=reverse("grants:my_reviews"),
            due_at=due_at,
        )
        write_to_panel(
            at=at,
            competition=competition,
            seat=mine[0].seat,
            letter=letter,
            key=f"released:{mine[0].reference}",
        )
