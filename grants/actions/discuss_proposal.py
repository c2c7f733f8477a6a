"""The panel talks about a proposal; reviewers score again; the chair locks the scores."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction
from django.db.models import QuerySet

from grants.actions import move_proposal
from grants.actions.move_assignment import Asked, begin_act, check_own, finish_act, lock_assignment
from grants.models import Assignment, Discussion, DiscussionPost, PanelSeat, Proposal, Review, Score
from grants.queries.reviews import criteria_of, discussion_of, scale_of, values_of
from grants.rules.panel_states import LIVE_ASSIGNMENT, AssignmentState
from grants.rules.reviewing import Mark, lock_refusal, mark_refusals, rescore_refusal
from grants.rules.states import CompetitionState, ProposalState
from kit.refusals import Refused, refuse
from trail.actions.claim_key import claim_key, settle_key
from trail.actions.record_entry import record_entry
from trail.actors import Actor

TALKING = (CompetitionState.REVIEW, CompetitionState.PANEL)
FINAL = (AssignmentState.FINALISED, AssignmentState.RESCORED, AssignmentState.LOCKED)


@transaction.atomic
def open_discussion(*, actor: Actor, at: datetime, proposal: Proposal, key: str) -> Discussion:
    """The chair opens the discussion of one proposal, once every review is final.

    Raises:
        Refused: ``not_in_review``, ``reviews_not_final``, ``discussed_already``.
    """
    claim = claim_key(actor=actor, at=at, key=key, verb="open_discussion", body=str(proposal.pk))
    if claim.result_reference:
        return Discussion.objects.get(proposal=proposal)
    row = _in_review(proposal)
    refusal = lock_refusal(_waiting(row), is_open=False)
    if refusal is not None:
        raise Refused(refusal)
    if discussion_of(row.pk) is not None:
        raise refuse("discussed_already", "This proposal was or is being discussed.")
    talk = Discussion.objects.create(proposal=row, opened_by=str(actor), opened_at=at)
    _tell(actor, at, row, "discussion_opened")
    settle_key(claim, row.case.reference)
    return talk


@transaction.atomic
def close_discussion(*, actor: Actor, at: datetime, proposal: Proposal, key: str) -> Discussion:
    """The chair closes it: nobody writes or scores after that.

    Raises:
        Refused: ``no_open_discussion``.
    """
    claim = claim_key(actor=actor, at=at, key=key, verb="close_discussion", body=str(proposal.pk))
    row = _in_review(proposal)
    talk = discussion_of(row.pk)
    if talk is None or (talk.closed_at is not None and not claim.result_reference):
        raise refuse("no_open_discussion", "There is no open discussion of this proposal.")
    if claim.result_reference:
        return talk
    talk.closed_by, talk.closed_at = str(actor), at
    talk.save(update_fields=["closed_by", "closed_at"])
    _tell(actor, at, row, "discussion_closed")
    settle_key(claim, row.case.reference)
    return talk


@transaction.atomic
def write_post(
    *, actor: Actor, at: datetime, proposal: Proposal, seat: PanelSeat, text: str, key: str
) -> DiscussionPost | None:
    """Say something in the open discussion, under the alias of the seat.

    Raises:
        Refused: ``no_open_discussion``, ``post_empty``.
    """
    body = f"{proposal.pk}:{text}"
    claim = claim_key(actor=actor, at=at, key=key, verb="write_post", body=body)
    if claim.result_reference:
        return DiscussionPost.objects.filter(pk=claim.result_reference).first()
    talk = Discussion.objects.select_for_update().filter(proposal=proposal).first()
    if talk is None or not talk.is_open:
        raise refuse("no_open_discussion", "The discussion of this proposal is not open.")
    if not text.strip():
        raise refuse("post_empty", "Write something first.")
    post = DiscussionPost.objects.create(
        discussion=talk, seat=seat, text=text.strip(), posted_at=at
    )
    settle_key(claim, str(post.pk))
    return post


@transaction.atomic
def rescore(
    *, actor: Actor, at: datetime, assignment: Assignment, marks: Mapping[int, Mark], key: str
) -> Assignment:
    """Score again in the open discussion; the first scores stay and are shown beside.

    Raises:
        Refused: ``scores_locked``, ``no_open_discussion``, what a score needs.
    """
    locked = lock_assignment(assignment)
    talk = Discussion.objects.select_for_update().filter(proposal=locked.proposal_id).first()
    is_open = talk is not None and talk.is_open
    refusal = rescore_refusal(AssignmentState(locked.state), is_discussed=is_open)
    if refusal is not None:
        raise Refused(refusal)
    told = {str(pk): [mark.value, mark.justification] for pk, mark in marks.items()}
    act = begin_act(actor=actor, at=at, assignment=assignment, asked=Asked("rescore", key, told))
    check_own(act)
    if act.is_repeat:
        return act.assignment
    competition = act.assignment.proposal.competition
    faults = mark_refusals(marks, criteria_of(competition), scale_of(competition))
    if faults:
        raise Refused(next(iter(faults.values())))
    review = Review.objects.select_for_update().get(assignment=act.assignment)
    for criterion, value in values_of(marks).items():
        Score.objects.update_or_create(
            review=review,
            criterion_id=criterion,
            round=2,
            defaults={"value": value, "justification": marks[criterion].justification.strip()},
        )
    finish_act(act)
    return act.assignment


@transaction.atomic
def lock_scores(*, actor: Actor, at: datetime, proposal: Proposal, key: str) -> Proposal:
    """The chair locks the scores of one proposal: they go into the ranking as they are.

    Side effects: every final review locked, the proposal discussed or not discussed, trail.

    Raises:
        Refused: ``reviews_not_final``, ``discussion_open``, ``no_reviews``, ``not_in_review``.
    """
    claim = claim_key(actor=actor, at=at, key=key, verb="lock_scores", body=str(proposal.pk))
    row = Proposal.objects.select_related("competition__case", "case").get(pk=proposal.pk)
    if claim.result_reference:
        return row
    row = _in_review(proposal)
    talk = discussion_of(row.pk)
    refusal = lock_refusal(_waiting(row), is_open=talk is not None and talk.is_open)
    if refusal is not None:
        raise Refused(refusal)
    final = _live(row).filter(suspended_at=None, state__in=FINAL)
    if not final.exists():
        raise refuse("no_reviews", "There is no final review to lock.")
    final.update(state=AssignmentState.LOCKED)
    asked = move_proposal.Asked("leave_undiscussed" if talk is None else "discuss")
    act = move_proposal.begin_act(actor=actor, at=at, proposal=row, asked=asked)
    move_proposal.finish_act(act, move_proposal.Step())
    _tell(actor, at, row, "scores_locked")
    settle_key(claim, row.case.reference)
    return act.proposal


def _in_review(proposal: Proposal) -> Proposal:
    row = move_proposal.lock_proposal(proposal)
    if row.competition.status not in TALKING or row.state != ProposalState.UNDER_REVIEW:
        raise refuse(
            "not_in_review", "This proposal is not in review any more: its scores are locked."
        )
    return row


def _live(proposal: Proposal) -> QuerySet[Assignment]:
    return Assignment.objects.filter(proposal=proposal, state__in=sorted(LIVE_ASSIGNMENT))


def _waiting(proposal: Proposal) -> list[str]:
    rows = _live(proposal).filter(suspended_at=None).exclude(state__in=FINAL)
    return list(rows.order_by("seat__alias").values_list("seat__alias", flat=True))


def _tell(actor: Actor, at: datetime, proposal: Proposal, verb: str) -> None:
    record_entry(
        case=proposal.competition.case,
        actor=actor,
        at=at,
        verb=verb,
        facts={"proposal": proposal.case.reference},
    )
