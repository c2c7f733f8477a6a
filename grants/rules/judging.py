"""Who may judge whom: nobody tied to a proposal, nobody twice."""

from __future__ import annotations

from collections.abc import Collection

from kit.refusals import Refusal


def no_tie(hidden: Collection[str]) -> Refusal | None:
    """Nobody works on a selection in which a proposal is hidden from them.

    >>> no_tie(()) is None
    True
    """
    if not hidden:
        return None
    return Refusal(
        "tied_to_proposal",
        "You are tied to somebody who applied here, so the rule does not let you take part in "
        "this selection. A colleague must do it.",
    )


def took_no_part(*, people: Collection[str], decider: str) -> Refusal | None:
    """An appeal is decided by somebody who took no part in what it is about."""
    if decider not in people:
        return None
    return Refusal(
        "took_part",
        "You took part in this competition, so the rule does not let you decide an appeal "
        "against its result. Another appeals officer must decide.",
    )
