"""Screening, assignment and review of the demo world, by the acts that panels use."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta

from accounts.actors import actor_from_user
from accounts.models import User
from clusters_portal.demo import review_texts as texts
from clusters_portal.demo.panel_scenes import CHAIR
from grants.actions.answer_assignment import accept_assignment, decline_assignment
from grants.actions.certify_conflicts import certify_conflicts
from grants.actions.choose_run import choose_run
from grants.actions.decide_conflicts import waive_edges
from grants.actions.discuss_proposal import (
    close_discussion,
    lock_scores,
    open_discussion,
    rescore,
    write_post,
)
from grants.actions.release_assignments import release_assignments
from grants.actions.run_assignment import run_assignment
from grants.actions.save_review import Drafted, save_review
from grants.actions.screen_proposal import Check, Finding, check_screening, write_screening
from grants.actions.start_review import start_review, start_screening
from grants.actions.submit_review import finalise_review, read_others, submit_review
from grants.models import Assignment, Competition, ConflictEdge, Proposal, Review
from grants.queries.assignment_facts import Relaxed
from grants.queries.reviews import marks_of
from grants.rules.panel_states import SeatState
from grants.rules.reviewing import Mark
from grants.rules.screening import Eligibility
from trail.actors import Actor

People = Mapping[str, User]
DAY, HOUR = timedelta(days=1), timedelta(hours=1)
# How good the proposals are on the scale from 1 to 9, in the order of their references.
WORTH = (8, 5, 7, 6, 3, 6)
# How much kinder or stricter somebody scores than others.
LEANING = {"Tomas Vrba": -1, "Yara Benali": 1}


def screen(row: Competition, people: People, at: datetime) -> None:
    """One officer finds each proposal eligible, a second one agrees."""
    start_screening(actor=actor_from_user(people["dana"]), at=at, competition=row)
    for number, proposal in enumerate(row.proposals.order_by("pk")):
        write_screening(
            actor=actor_from_user(people["dana"]),
            at=at + (number + 1) * HOUR,
            proposal=proposal,
            finding=Finding(Eligibility.ELIGIBLE),
        )
        check_screening(
            actor=actor_from_user(people["omar"]),
            at=at + DAY + number * HOUR,
            proposal=proposal,
            check=Check(is_agreed=True),
        )


def certify_panel(row: Competition, people: People, at: datetime) -> None:
    """The review begins; everybody on the panel signs that no tie is kept back."""
    start_review(actor=actor_from_user(people["dana"]), at=at, competition=row)
    seats = row.seats.filter(state=SeatState.ACCEPTED).select_related("user").order_by("pk")
    for number, seat in enumerate(seats, 1):
        certify_conflicts(
            actor=actor_from_user(seat.user),
            at=at + number * HOUR,
            seat=seat,
            signed_name=str(seat.user),
        )


def waive_ties(row: Competition, people: People, at: datetime) -> None:
    """The conflict officer lets soft ties stand."""
    soft = ConflictEdge.objects.filter(
        proposal__competition=row, is_hard=False, is_unverified=False, ended_at=None, waiver=None
    )
    edges = list(soft.values_list("pk", flat=True))
    if edges:
        waive_edges(
            actor=actor_from_user(people["samir"]),
            at=at,
            competition=row,
            edges=edges,
            reason=texts.WAIVER,
        )


def assign(row: Competition, people: People, at: datetime, due_at: datetime) -> None:
    """The chair solves the assignment, takes the solution and releases it."""
    chair = actor_from_user(people[CHAIR])
    run = run_assignment(actor=chair, at=at, competition=row, relaxed=Relaxed(), seed=1)
    choose_run(actor=chair, at=at + HOUR, run=run, key=f"demo-choose-{run.reference}")
    release_assignments(
        actor=chair,
        at=at + 2 * HOUR,
        competition=row,
        due_at=due_at,
        key=f"demo-release-{run.reference}",
    )


def finish_reviews(row: Competition, people: People, at: datetime) -> None:
    """Every review is final; the panel talks about two proposals; all scores are locked."""
    proposals = list(row.proposals.order_by("pk"))
    for number, proposal in enumerate(proposals):
        write_reviews(proposal, number, at)
        finalise(proposal, at + 3 * DAY)
    for proposal in proposals[1:3]:
        discuss(proposal, people, at + 6 * DAY)
        _rescore(proposal, at + 8 * DAY)
        close_discussion(
            actor=actor_from_user(people[CHAIR]),
            at=at + 9 * DAY,
            proposal=proposal,
            key=f"demo-close-{proposal.pk}",
        )
    for proposal in proposals:
        lock_scores(
            actor=actor_from_user(people[CHAIR]),
            at=at + 10 * DAY,
            proposal=proposal,
            key=f"demo-lock-{proposal.pk}",
        )


def review_half(row: Competition, people: People, at: datetime) -> None:
    """Two proposals are reviewed and one of them discussed; others are written, accepted, waiting.

    One reviewer has declined, so that the board shows a free place.
    """
    proposals = list(row.proposals.order_by("pk"))
    for number, proposal in enumerate(proposals[:3]):
        write_reviews(proposal, number, at)
    for proposal in proposals[4:5]:
        last = _rows(proposal)[-1]
        decline_assignment(
            actor=_actor(last),
            at=at + 2 * DAY,
            assignment=last,
            reason=texts.DECLINED,
            key=_key(last),
        )
    for proposal in proposals[:2]:
        finalise(proposal, at + 3 * DAY)
    for number, proposal in enumerate(proposals[3:4], 3):
        first, second, *_ = _rows(proposal)
        _write(first, number, at + 4 * DAY)
        _accept(second, at + 4 * DAY)
    discuss(proposals[0], people, at + 5 * DAY)


def write_reviews(proposal: Proposal, number: int, at: datetime) -> None:
    """Everybody assigned writes a review and submits it."""
    rows = _rows(proposal)
    written = [_write(row, number, at + turn * HOUR) for turn, row in enumerate(rows)]
    for turn, (row, review) in enumerate(zip(rows, written, strict=True)):
        submit_review(
            actor=_actor(row),
            at=at + DAY + turn * HOUR,
            assignment=row,
            version=review.version,
            key=f"demo-submit-{row.reference}",
        )


def finalise(proposal: Proposal, at: datetime) -> None:
    """Everybody reads what the others wrote and makes the own review final."""
    for turn, row in enumerate(_rows(proposal)):
        row.refresh_from_db()
        actor = _actor(row)
        read_others(actor=actor, at=at + turn * HOUR, assignment=row)
        finalise_review(
            actor=actor,
            at=at + (turn + 1) * HOUR,
            assignment=row,
            justifications={},
            key=f"demo-final-{row.reference}",
        )


def discuss(proposal: Proposal, people: People, at: datetime) -> None:
    """The chair opens the discussion and asks; the reviewers answer under their aliases."""
    chair = people[CHAIR]
    key = f"demo-talk-{proposal.pk}"
    open_discussion(actor=actor_from_user(chair), at=at, proposal=proposal, key=key)
    seat = proposal.competition.seats.get(user=chair)
    speakers = [(chair, seat, texts.CHAIR_POST)]
    for row, text in zip(_rows(proposal), texts.POSTS, strict=True):
        speakers.append((row.seat.user, row.seat, text))
    for turn, (user, held, text) in enumerate(speakers):
        write_post(
            actor=actor_from_user(user),
            at=at + turn * 5 * HOUR,
            proposal=proposal,
            seat=held,
            text=text,
            key=f"{key}-{turn}",
        )


def _rescore(proposal: Proposal, at: datetime) -> None:
    """The last of the speakers raises the first score by one point."""
    row = _rows(proposal)[-1]
    first, _ = marks_of(Review.objects.get(assignment=row))
    raised = min(first)
    marks = dict(first)
    marks[raised] = Mark(min((first[raised].value or 8) + 1, 9), texts.RESCORED)
    key = f"demo-rescore-{row.reference}"
    rescore(actor=_actor(row), at=at, assignment=row, marks=marks, key=key)


def _rows(proposal: Proposal) -> list[Assignment]:
    rows = Assignment.objects.filter(proposal=proposal).select_related("seat__user")
    return list(rows.order_by("seat__alias"))


def _actor(row: Assignment) -> Actor:
    return actor_from_user(row.seat.user)


def _key(row: Assignment) -> str:
    return f"demo-answer-{row.reference}"


def _accept(row: Assignment, at: datetime) -> None:
    accept_assignment(actor=_actor(row), at=at, assignment=row, key=_key(row))


def _write(row: Assignment, number: int, at: datetime) -> Review:
    _accept(row, at - 2 * HOUR)
    worth = WORTH[number % len(WORTH)]
    place = _rows(row.proposal).index(row)
    level = "high" if worth > 6 else "middle" if worth > 4 else "low"
    criteria = row.proposal.competition.criteria.order_by("position")
    marks = {
        str(criterion.pk): {
            "value": _value(worth, str(row.seat.user), turn),
            "justification": texts.REASONS[level][turn],
        }
        for turn, criterion in enumerate(criteria)
    }
    words = {
        "strengths": texts.STRENGTHS[level][place],
        "weaknesses": texts.WEAKNESSES[level][place],
        "note_to_chair": texts.NOTE if level == "middle" else "",
    }
    drafted = Drafted(marks, words, has_capacity=True, version=0)
    return save_review(actor=_actor(row), at=at, assignment=row, drafted=drafted)


def _value(worth: int, who: str, turn: int) -> int:
    """The second criterion a point better, the third as it is; some people lean."""
    return min(max(worth + LEANING.get(who, 0) + (turn == 1), 1), 9)
