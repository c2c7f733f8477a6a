"""Questions about a competition."""

from __future__ import annotations

from kit.refusals import Refusal

MOST_WAITING = 5


def may_ask(*, waiting: int) -> Refusal | None:
    """Return why somebody may not ask one more question now.

    >>> may_ask(waiting=4) is None
    True
    """
    if waiting < MOST_WAITING:
        return None
    return Refusal(
        "questions_waiting",
        f"{waiting} of your questions wait for an answer. Ask the next one when we have answered.",
    )
