"""What upper apps say of the keeping of their cases; what is not registered is kept for good."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime

from trail.models import Case
from trail.rules.retention import RetentionClass, Standing

Standings = Callable[[Case], Standing]
_standings: dict[str, Standings] = {}


def register_retention(kind: str, standing: Standings) -> None:
    """Name the function that says how long cases of a kind are kept."""
    _standings[kind] = standing


def standing_of(case: Case) -> Standing:
    """Return how long a case is kept; for good where nobody has said so."""
    known = _standings.get(case.kind)
    return known(case) if known else Standing(RetentionClass.PERMANENT, None)


def kinds_disposed_of() -> list[str]:
    """Return the kinds of cases that end."""
    return sorted(_standings)


Eraser = Callable[[Case, str, datetime], Mapping[str, int]]
_erasers: list[Eraser] = []


def register_eraser(eraser: Eraser) -> None:
    """Name a function that erases what an app holds of a case; it counts what it erased."""
    _erasers.append(eraser)


def erase_everywhere(case: Case, by: str, at: datetime) -> dict[str, int]:
    """Erase what the apps above hold of a case."""
    return {name: count for eraser in _erasers for name, count in eraser(case, by, at).items()}
