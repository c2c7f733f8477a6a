"""A draw that anybody can recompute and nobody can steer (review.md 3).

First the list is fixed: its digest, made with a salt, is published. Then a public random value
that nobody knew at that time is read. Seed = SHA-256(digest | value). The order of the draw is the
order of SHA-256(seed | reference). With the results the list and the salt are published too.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from datetime import datetime

from grants.rules.ranking import lot_key
from kit.refusals import Refusal

SHORTEST_VALUE = 16


def list_digest(salt: str, references: Sequence[str]) -> str:
    """Return the digest that commits to a list without telling it.

    The salt keeps an outsider from trying every short list. The order of writing does not matter.

    >>> list_digest("s", ["B", "A"]) == list_digest("s", ["A", "B"])
    True
    """
    text = "\n".join([salt, *sorted(references)])
    return hashlib.sha256(text.encode()).hexdigest()


def draw_seed(digest: str, value: str) -> str:
    """Return the seed: the digest of the published list and the public value, outer blanks off."""
    return hashlib.sha256(f"{digest}|{value.strip()}".encode()).hexdigest()


def draw_order(seed: str, references: Sequence[str]) -> tuple[str, ...]:
    """Return the references in the order in which they are drawn.

    >>> sorted(draw_order("seed", ["A", "B", "C"]))
    ['A', 'B', 'C']
    """
    return tuple(sorted(references, key=lambda one: lot_key(seed, one)))


def may_fix_list(*, has_list: bool, is_announced: bool, count: int) -> Refusal | None:
    """One list per competition, and only where the notice announced a draw."""
    if not is_announced:
        return Refusal(
            "draw_not_announced",
            "The notice announced no draw, so none may be held. Selection follows the rank.",
        )
    if has_list:
        return Refusal("second_draw", "The list of the draw is fixed. A second draw is never held.")
    if count < 2:
        return Refusal("nothing_to_draw", "Fewer than two proposals lie near the line.")
    return None


def may_draw(
    *, at: datetime, public_from: datetime | None, is_drawn: bool, value: str
) -> Refusal | None:
    """The list's digest was public before; the value is real; nothing was drawn yet."""
    if is_drawn:
        return Refusal("second_draw", "The draw was held. A second draw is never held.")
    if public_from is None or public_from >= at:
        return Refusal(
            "list_not_public",
            "The digest of the list must be public before the random value is read. "
            "Ask a publisher to release it.",
        )
    if len(value.strip()) < SHORTEST_VALUE:
        return Refusal(
            "value_too_short",
            f"Enter the public random value in full; it has at least {SHORTEST_VALUE} characters.",
        )
    return None
