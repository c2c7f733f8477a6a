"""Is it still the person who signed in? Dangerous acts ask again: a pure rule."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

SECOND_STEP = "mfa"  # a code or a passkey
FIRST_STEPS = frozenset({"password", "socialaccount"})


@dataclass(frozen=True, slots=True)
class Proof:
    """One time that somebody proved who they are.

    Attributes:
        method: "password", "mfa", ... as the sign-in library names it.
        at: When.
    """

    method: str
    at: datetime


def is_fresh(
    proofs: Iterable[Proof], *, at: datetime, within: timedelta, has_second_step: bool
) -> bool:
    """Whether the person proved who they are a short while ago.

    Whoever has a second step proves it with that; a password alone is not enough then.

    >>> from datetime import UTC
    >>> noon = datetime(2026, 3, 3, 12, tzinfo=UTC)
    >>> ten = timedelta(minutes=10)
    >>> is_fresh([Proof("password", noon)], at=noon, within=ten, has_second_step=True)
    False
    """
    enough = {SECOND_STEP} if has_second_step else {SECOND_STEP, *FIRST_STEPS}
    return any(
        proof.method in enough and timedelta(0) <= at - proof.at < within for proof in proofs
    )
