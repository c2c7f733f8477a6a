"""What happens when a deadline passes: upper apps register the verb of each kind."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from trail.models import Case

DeadlineVerb = Callable[[Case, datetime], None]
_verbs: dict[str, DeadlineVerb] = {}


def register_deadline(kind: str, verb: DeadlineVerb) -> None:
    """Name the function that is called when a deadline of the kind passes unmet."""
    _verbs[kind] = verb


def deadline_verb(kind: str) -> DeadlineVerb | None:
    """Return the verb of a kind, or None."""
    return _verbs.get(kind)
