"""The scores of a panel as the rules of scoring read them.

Only final reviews count. A review that is suspended, or whose reviewer is tied to the proposal,
is left out: it must not decide anything while a conflict officer looks at it, and never where the
tie holds.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from django.db.models import Exists, F, OuterRef, QuerySet

from grants.models import Assignment, Competition, ConflictEdge, Criterion
from grants.models import Score as ScoreRow
from grants.rules.panel_states import AssignmentState
from grants.rules.reviewing import Weighted, overall
from grants.rules.scoring.reviews import Score

FINAL = (AssignmentState.FINALISED, AssignmentState.RESCORED, AssignmentState.LOCKED)


class Stage(StrEnum):
    """Which scores are asked for; the two stages are kept apart and never mixed in one mean."""

    FIRST = "first"
    LATEST = "latest"


@dataclass(frozen=True, slots=True)
class ScoredReview:
    """One final review.

    Attributes:
        proposal, reviewer: the proposal's reference; the alias of the seat.
        first: own score by criterion.
        after: score after the discussion by criterion; empty where nobody scored again.
        has_capacity: whether the reviewer finds that the group can carry it out.
    """

    proposal: str
    reviewer: str
    first: Mapping[int, int]
    after: Mapping[int, int]
    has_capacity: bool | None

    def values(self, stage: Stage) -> Mapping[int, int]:
        """The scores of a stage; where nobody scored again, the first ones still stand."""
        return self.first if stage is Stage.FIRST else {**self.first, **self.after}


def weighted_criteria(competition: Competition) -> list[Weighted]:
    """The criteria in their order."""
    rows = Criterion.objects.filter(competition=competition).order_by("position")
    return [Weighted(*row) for row in rows.values_list("pk", "name", "weight")]


def counted_assignments(competition: Competition) -> QuerySet[Assignment]:
    """Assignments whose final reviews count."""
    tie = ConflictEdge.objects.filter(
        user=OuterRef("seat__user"),
        proposal=OuterRef("proposal"),
        ended_at=None,
        waiver=None,
        is_unverified=False,
    )
    return Assignment.objects.filter(
        ~Exists(tie),
        proposal__competition=competition,
        state__in=FINAL,
        suspended_at=None,
    )


def scored_reviews(competition: Competition) -> list[ScoredReview]:
    """Every review that counts, in two queries, by proposal and alias."""
    rows = (
        counted_assignments(competition)
        .order_by("proposal__case__reference", "seat__alias")
        .values_list("review", "proposal__case__reference", "seat__alias", "review__has_capacity")
    )
    held = [row for row in rows if row[0] is not None]
    given: dict[tuple[int, int], dict[int, int]] = defaultdict(dict)
    scores = ScoreRow.objects.filter(
        review__assignment__in=counted_assignments(competition).values("pk")
    )
    for review, number, criterion, value in scores.values_list(
        F("review"), "round", F("criterion"), "value"
    ):
        given[review, number][criterion] = value
    return [
        ScoredReview(proposal, alias, given[review, 1], given[review, 2], capacity)
        for review, proposal, alias, capacity in held
        if given[review, 1]
    ]


def panel_scores(competition: Competition, stage: Stage = Stage.LATEST) -> list[Score]:
    """Each review's weighted score, for `grants.rules.scoring`.

    Identifiers are the proposal's reference and the reviewer's alias.
    """
    criteria = weighted_criteria(competition)
    return [
        Score(one.proposal, one.reviewer, float(overall(one.values(stage), criteria)))
        for one in scored_reviews(competition)
    ]


def criterion_scores(
    competition: Competition, stage: Stage = Stage.LATEST
) -> dict[int, list[Score]]:
    """The scores of each criterion by itself, by the criterion's key."""
    found: dict[int, list[Score]] = {one.key: [] for one in weighted_criteria(competition)}
    for one in scored_reviews(competition):
        for key, value in one.values(stage).items():
            found[key].append(Score(one.proposal, one.reviewer, float(value)))
    return found
