"""What upper apps say of their cases: the verb of a passed deadline, the letterhead."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
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


@dataclass(frozen=True, slots=True)
class Letterhead:
    """What stands above the letters of an office.

    Attributes:
        office: Its name.
        lines: Smaller lines below: who answers, and where.
        zone: Its zone, in which its letters are dated.
    """

    office: str
    lines: tuple[str, ...]
    zone: str = "America/New_York"


_letterheads: dict[str, Callable[[Case], Letterhead | None]] = {}


def register_letterhead(kind: str, finder: Callable[[Case], Letterhead | None]) -> None:
    """Name the function that knows the office of a kind of case."""
    _letterheads[kind] = finder


def letterhead_of(case: Case) -> Letterhead | None:
    """Return the letterhead of a case's office; None where no app knows one."""
    finder = _letterheads.get(case.kind)
    return finder(case) if finder else None
