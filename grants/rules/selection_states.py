"""The lifecycle of an appeal against a result."""

from enum import StrEnum

from kit.states import Machine, Transition


class AppealState(StrEnum):
    """How far an appeal is."""

    FILED = "filed"
    UPHELD = "upheld"
    DISMISSED = "dismissed"
    WITHDRAWN = "withdrawn"


_A = AppealState
APPEAL = Machine(
    name="appeal",
    initial=_A.FILED,
    transitions=(
        Transition("uphold", frozenset({_A.FILED}), _A.UPHELD, "Uphold the appeal"),
        Transition("dismiss", frozenset({_A.FILED}), _A.DISMISSED, "Dismiss the appeal"),
        Transition("withdraw", frozenset({_A.FILED}), _A.WITHDRAWN, "Withdraw the appeal"),
    ),
    labels={
        _A.FILED: "Waiting for a decision",
        _A.UPHELD: "Upheld",
        _A.DISMISSED: "Dismissed",
        _A.WITHDRAWN: "Withdrawn",
    },
)
