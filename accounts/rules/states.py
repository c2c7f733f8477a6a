"""The lifecycle of a review of two organizations that may be one."""

from __future__ import annotations

from enum import StrEnum

from kit.states import Machine, Transition


class DuplicateState(StrEnum):
    """What is known of a pair."""

    OPEN = "open"
    SAME = "same"
    DIFFERENT = "different"


DUPLICATE = Machine(
    name="duplicate review",
    initial=DuplicateState.OPEN,
    transitions=(
        Transition(
            "find_same", frozenset({DuplicateState.OPEN}), DuplicateState.SAME, "One organization"
        ),
        Transition(
            "find_different",
            frozenset({DuplicateState.OPEN}),
            DuplicateState.DIFFERENT,
            "Two organizations",
        ),
    ),
    labels={
        DuplicateState.OPEN: "To be looked at",
        DuplicateState.SAME: "One organization",
        DuplicateState.DIFFERENT: "Two organizations",
    },
)
