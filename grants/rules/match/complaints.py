"""A giver says that something is wrong: the group answers, an officer decides, all of it stays."""

from __future__ import annotations

from enum import StrEnum

from kit.refusals import Refusal
from kit.states import Machine, Transition


class ComplaintState(StrEnum):
    """Where a complaint stands."""

    OPEN = "open"
    ANSWERED = "answered"
    DECIDED = "decided"


class Outcome(StrEnum):
    """What the officer found."""

    RIGHT = "right"
    PARTLY_RIGHT = "partly_right"
    NOT_RIGHT = "not_right"


_S = ComplaintState
WAITING = frozenset({_S.OPEN, _S.ANSWERED})
COMPLAINT = Machine(
    name="complaint",
    initial=_S.OPEN,
    transitions=(
        Transition("answer_complaint", frozenset({_S.OPEN}), _S.ANSWERED, "Answer"),
        Transition("decide_complaint", WAITING, _S.DECIDED, "Decide"),
    ),
    labels={
        _S.OPEN: "Waits for an answer",
        _S.ANSWERED: "Answered by the group",
        _S.DECIDED: "Decided",
    },
)
OUTCOME_WORDS = {
    Outcome.RIGHT: "The giver is right",
    Outcome.PARTLY_RIGHT: "The giver is right in part",
    Outcome.NOT_RIGHT: "We do not find what the giver says",
}
NO_RETALIATION = (
    "Nobody may treat a giver worse because it said that something is wrong: not the group, not "
    "its members, not the agency. That holds whatever the answer is."
)


def decider_refusal(*, is_of_giver: bool, is_of_group: bool) -> Refusal | None:
    """Who decides a complaint belongs to neither side.

    >>> decider_refusal(is_of_giver=False, is_of_group=True).code
    'belongs_to_a_side'
    >>> decider_refusal(is_of_giver=False, is_of_group=False) is None
    True
    """
    if is_of_giver or is_of_group:
        return Refusal(
            "belongs_to_a_side",
            "You belong to the giver or to the group. Another officer must decide this.",
        )
    return None
