"""What staff ask of their queue."""

from dataclasses import dataclass
from enum import StrEnum

from certification.rules.states import DECIDED, ApplicationState


class Turn(StrEnum):
    """Whose move it is."""

    OFFICERS = "officers"
    OFFICIAL = "official"
    APPLICANT = "applicant"
    DECIDED = "decided"


TURN_WORDS = {
    Turn.OFFICERS: "With programme officers",
    Turn.OFFICIAL: "With selecting officials",
    Turn.APPLICANT: "With the applicant",
    Turn.DECIDED: "Decided",
}
TURN_STATES = {
    Turn.OFFICERS: frozenset(
        {
            ApplicationState.SUBMITTED,
            ApplicationState.INTAKE,
            ApplicationState.CRITERIA_REVIEW,
        }
    ),
    Turn.OFFICIAL: frozenset({ApplicationState.DECISION_PENDING}),
    Turn.APPLICANT: frozenset({ApplicationState.ACTION_NEEDED, ApplicationState.DENIAL_PROPOSED}),
    Turn.DECIDED: DECIDED,
}


class QueueSort(StrEnum):
    """The columns by which a queue can be sorted."""

    DUE = "due"
    SUBMITTED = "submitted"
    GROUP = "group"
    STATE = "state"


@dataclass(frozen=True)
class QueueFilter:
    """Words to search, whose turn, and the order. Without a turn: everything undecided."""

    search: str = ""
    turn: Turn | None = None
    sort: QueueSort = QueueSort.DUE
    is_descending: bool = False
