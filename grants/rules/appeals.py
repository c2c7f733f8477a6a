"""May a group appeal, and may an appeal be decided so?"""

from __future__ import annotations

from datetime import datetime

from kit.refusals import Refusal

SHORTEST = 60


def may_appeal(*, at: datetime, until: datetime | None, has_appeal: bool) -> Refusal | None:
    """One appeal per proposal, within thirty days of the announcement."""
    if until is None:
        return Refusal("not_announced", "Results are not announced. There is nothing to appeal.")
    if has_appeal:
        return Refusal("already_appealed", "Your group has appealed against this result.")
    if at >= until:
        return Refusal("too_late", "The thirty days for an appeal are over.")
    return None


def said_enough(words: str) -> Refusal | None:
    """An appeal says which rule, fact or person, so that somebody can look into it."""
    if len(words.strip()) >= SHORTEST:
        return None
    return Refusal(
        "words_missing",
        f"Say what went wrong, where and how you know, in at least {SHORTEST} characters.",
    )
