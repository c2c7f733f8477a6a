"""How far the panel is with each proposal, for chairs and officers."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass

from grants.models import (
    Assignment,
    Competition,
    Discussion,
    DiscussionPost,
    Proposal,
    Review,
    Score,
)
from grants.queries.conflicts import FOR_PANELS
from grants.queries.reviews import OtherReview
from grants.rules.panel_states import LIVE_ASSIGNMENT, OFFICE_WORDS, AssignmentState
from grants.rules.reviewing import Mark

FINAL = frozenset({AssignmentState.FINALISED, AssignmentState.RESCORED, AssignmentState.LOCKED})
HIDDEN = {AssignmentState.PROPOSED}


@dataclass(frozen=True, slots=True)
class Progress:
    """One proposal of the panel."""

    proposal: Proposal
    final: int
    assigned: int
    waiting: tuple[str, ...]
    discussion: Discussion | None

    @property
    def is_ready(self) -> bool:
        """Whether every review is final."""
        return self.assigned > 0 and self.final == self.assigned

    @property
    def stage(self) -> str:
        """Where it stands, in words."""
        if self.proposal.state != "under_review":
            return "Scores locked"
        if self.discussion is None:
            return "Ready for the chair" if self.is_ready else "Reviews under way"
        return "Discussion open" if self.discussion.is_open else "Discussion closed"


def progress_of(competition: Competition, hidden: Collection[int]) -> list[Progress]:
    """Every proposal in review, in three queries."""
    rows = Proposal.objects.filter(competition=competition, state__in=FOR_PANELS)
    rows = rows.exclude(pk__in=hidden).select_related("case", "group").order_by("case__reference")
    live: dict[int, list[Assignment]] = defaultdict(list)
    for one in Assignment.objects.filter(
        proposal__competition=competition,
        state__in=sorted(LIVE_ASSIGNMENT - HIDDEN),
        suspended_at=None,
    ).select_related("seat"):
        live[one.proposal_id].append(one)
    talks = {
        one.proposal_id: one for one in Discussion.objects.filter(proposal__competition=competition)
    }
    return [_progress(row, live[row.pk], talks.get(row.pk)) for row in rows]


def _progress(row: Proposal, live: list[Assignment], talk: Discussion | None) -> Progress:
    waiting = sorted(
        f"{one.seat.alias}: {OFFICE_WORDS[AssignmentState(one.state)].lower()}"
        for one in live
        if one.state not in FINAL
    )
    return Progress(row, len(live) - len(waiting), len(live), tuple(waiting), talk)


def final_reviews(proposal: Proposal) -> list[OtherReview]:
    """Every final review of a proposal with its scores; two queries."""
    rows = Review.objects.filter(
        assignment__proposal=proposal,
        assignment__state__in=sorted(FINAL),
        assignment__suspended_at=None,
    ).select_related("assignment__seat")
    reviews = list(rows.order_by("assignment__seat__alias"))
    given: dict[tuple[int, int], dict[int, Mark]] = defaultdict(dict)
    for score in Score.objects.filter(review__in=reviews):
        mark = Mark(score.value, score.justification)
        given[score.review_id, score.round][score.criterion_id] = mark
    return [
        OtherReview(one.assignment.seat.alias, one, given[one.pk, 1], given[one.pk, 2])
        for one in reviews
    ]


def posts_of(discussion: Discussion | None) -> list[DiscussionPost]:
    """What was said, oldest first."""
    if discussion is None:
        return []
    return list(discussion.posts.select_related("seat"))
