"""What a review needs before it is submitted and final, and when scores may still change."""

from __future__ import annotations

import math
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from grants.rules.panel_states import AssignmentState
from kit.refusals import Refusal

LEAST_WORDS = 3
ON_HOLD = Refusal(
    "on_hold", "This review is on hold. A conflict officer looks at it and will write to you."
)
LOCKED = Refusal(
    "scores_locked",
    "The chair has locked the scores of this proposal. No score changes after that, whoever "
    "asks; write to the chair if something is wrong.",
)
OTHERS_SEEN = Refusal(
    "others_seen",
    "You have read what the other reviewers wrote, so your own first scores stay as they are. "
    "You can score again once the chair has opened the discussion.",
)
OWN_FIRST = Refusal(
    "own_review_first",
    "Submit your own review first. You see what the others wrote afterwards.",
)
NOT_IN_DISCUSSION = Refusal(
    "no_open_discussion",
    "Scores change after the own review only while the chair holds the discussion open.",
)


@dataclass(frozen=True, slots=True)
class Scale:
    """The lowest and the highest score of a competition."""

    low: int
    high: int

    @property
    def wide(self) -> int:
        """From this difference between two reviewers on, the spread is wide: half the scale.

        >>> Scale(1, 9).wide
        4
        """
        return math.ceil((self.high - self.low) / 2)

    def is_end(self, value: int) -> bool:
        """Whether a score is the lowest or the highest there is."""
        return value in {self.low, self.high}


@dataclass(frozen=True, slots=True)
class Weighted:
    """A criterion: its key, name and weight in whole percents."""

    key: int
    name: str
    weight: int


@dataclass(frozen=True, slots=True)
class Mark:
    """What was given on one criterion, perhaps not finished."""

    value: int | None = None
    justification: str = ""

    @property
    def is_justified(self) -> bool:
        """Whether a few words at least say why."""
        return len(self.justification.split()) >= LEAST_WORDS


@dataclass(frozen=True, slots=True)
class Written:
    """A whole review as it is judged before submitting."""

    marks: Mapping[int, Mark]
    strengths: str
    weaknesses: str
    has_capacity: bool | None
    capacity_reason: str


def overall(values: Mapping[int, int], criteria: Sequence[Weighted]) -> Fraction:
    """The weighted score of a review, exactly.

    >>> overall({1: 6, 2: 9}, [Weighted(1, "Need", 75), Weighted(2, "Plan", 25)])
    Fraction(27, 4)
    """
    return sum((Fraction(values[one.key] * one.weight, 100) for one in criteria), start=Fraction(0))


def mark_refusals(
    marks: Mapping[int, Mark], criteria: Sequence[Weighted], scale: Scale
) -> dict[int, Refusal]:
    """What each criterion still needs, by its key."""
    found = {}
    for one in criteria:
        refusal = _mark_refusal(marks.get(one.key, Mark()), one.name, scale)
        if refusal is not None:
            found[one.key] = refusal
    return found


def _mark_refusal(mark: Mark, name: str, scale: Scale) -> Refusal | None:
    if mark.value is None:
        return Refusal("score_missing", f"Give a score for “{name}”.")
    if not scale.low <= mark.value <= scale.high:
        return Refusal(
            "score_off_scale", f"Scores for “{name}” go from {scale.low} to {scale.high}."
        )
    if scale.is_end(mark.value) and not mark.is_justified:
        return Refusal(
            "end_of_scale_unjustified",
            f"“{name}” has the {'highest' if mark.value == scale.high else 'lowest'} score there "
            "is. Say why, in a few words at least.",
        )
    return None


def submit_refusals(written: Written, criteria: Sequence[Weighted], scale: Scale) -> list[Refusal]:
    """Everything that a review still needs before it can be submitted."""
    found = list(mark_refusals(written.marks, criteria, scale).values())
    if not written.strengths.strip():
        found.append(Refusal("strengths_missing", "Name at least one strength."))
    if not written.weaknesses.strip():
        found.append(
            Refusal("weaknesses_missing", "Name at least one weakness, or say that there is none.")
        )
    if written.has_capacity is None:
        found.append(
            Refusal("capacity_missing", "Say whether the group can carry out what it proposes.")
        )
    elif not written.has_capacity and not written.capacity_reason.strip():
        found.append(
            Refusal("capacity_unexplained", "Say why the group cannot carry out what it proposes.")
        )
    return found


def widely_scored(
    own: Mapping[int, int], others: Collection[Mapping[int, int]], scale: Scale
) -> frozenset[int]:
    """The criteria on which the reviewers lie half the scale apart, or more.

    >>> sorted(widely_scored({1: 2, 2: 5}, [{1: 7, 2: 6}, {1: 5, 2: 5}], Scale(1, 9)))
    [1]
    """
    return frozenset(
        key
        for key, value in own.items()
        if others
        and max(value, *(one[key] for one in others)) - min(value, *(one[key] for one in others))
        >= scale.wide
    )


def final_refusals(
    marks: Mapping[int, Mark], wide: Collection[int], criteria: Sequence[Weighted]
) -> dict[int, Refusal]:
    """Where the reviewers lie far apart, each says why before the score is final."""
    return {
        one.key: Refusal(
            "wide_spread_unjustified",
            f"The scores for “{one.name}” lie far apart. Say why you gave yours.",
        )
        for one in criteria
        if one.key in wide and not marks.get(one.key, Mark()).is_justified
    }


def take_back_refusal(*, has_read_others: bool) -> Refusal | None:
    """Own scores are the reviewer's own: they are not changed after a look at the others'."""
    return OTHERS_SEEN if has_read_others else None


def others_refusal(state: AssignmentState) -> Refusal | None:
    """Others' reviews are shown to those who have submitted their own."""
    seen = {
        AssignmentState.SUBMITTED,
        AssignmentState.FINALISED,
        AssignmentState.RESCORED,
        AssignmentState.LOCKED,
    }
    return None if state in seen else OWN_FIRST


def rescore_refusal(state: AssignmentState, *, is_discussed: bool) -> Refusal | None:
    """After the own final review scores change in an open discussion only, never when locked."""
    if state is AssignmentState.LOCKED:
        return LOCKED
    return None if is_discussed else NOT_IN_DISCUSSION


def lock_refusal(waiting: Sequence[str], *, is_open: bool) -> Refusal | None:
    """Scores are locked once every review is final and no discussion is open.

    Args:
        waiting: aliases of reviewers whose review is not final.
        is_open: whether the discussion is still open.
    """
    if waiting:
        return Refusal(
            "reviews_not_final",
            f"Not final yet: {', '.join(waiting)}. Remind them, or replace a reviewer first.",
        )
    if is_open:
        return Refusal("discussion_open", "Close the discussion before you lock the scores.")
    return None
