"""What the public reads of a competition's course: nothing of how the judging goes."""

from __future__ import annotations

from enum import StrEnum

from grants.rules.states import CompetitionState

_S = CompetitionState


class PublicStage(StrEnum):
    """Where an opened competition stands for everybody."""

    OPEN = "open"
    UNDER_REVIEW = "under_review"
    ANNOUNCED = "announced"
    CANCELLED = "cancelled"


PUBLIC_STAGE_WORDS = {
    PublicStage.OPEN: "Open",
    PublicStage.UNDER_REVIEW: "Under review",
    PublicStage.ANNOUNCED: "Results announced",
    PublicStage.CANCELLED: "Cancelled",
}
PUBLIC_STATES: dict[PublicStage, tuple[CompetitionState, ...]] = {
    PublicStage.OPEN: (_S.OPEN,),
    PublicStage.UNDER_REVIEW: (_S.CLOSED, _S.SCREENING, _S.REVIEW, _S.PANEL, _S.SELECTION),
    PublicStage.ANNOUNCED: (_S.ANNOUNCED, _S.ARCHIVED),
    PublicStage.CANCELLED: (_S.CANCELLED,),
}


def public_stage(state: CompetitionState) -> PublicStage:
    """Return the stage of an opened competition.

    >>> public_stage(CompetitionState.PANEL)
    <PublicStage.UNDER_REVIEW: 'under_review'>
    """
    return next(stage for stage, states in PUBLIC_STATES.items() if state in states)
