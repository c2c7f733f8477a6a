"""Who applied, who was selected, where the money went: by cluster, state and size of group.

Applicants that were not selected are not named, so no line may point at one: lines with fewer
than five of them are put together until nobody stands out. Nothing can be found by subtraction,
since every line that is shown is either large or empty of them.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal

FEWEST = 5
TOGETHER = "Others, put together so that nobody stands out"
EVERYBODY = "All"


@dataclass(frozen=True, slots=True)
class Applied:
    """One proposal as the report counts it."""

    cluster: str
    state: str
    participants: int
    asked: Decimal
    given: Decimal = Decimal(0)
    is_selected: bool = False


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the report."""

    label: str
    applied: int
    selected: int
    asked: Decimal
    given: Decimal

    @property
    def hidden(self) -> int:
        """How many of them are not named in public."""
        return self.applied - self.selected


@dataclass(frozen=True, slots=True)
class Report:
    """The report in its three cuts."""

    clusters: tuple[Line, ...]
    states: tuple[Line, ...]
    sizes: tuple[Line, ...]


def size_of(participants: int) -> str:
    """Return the size class of a group.

    >>> [size_of(n) for n in (19, 20, 50)]
    ['Fewer than 20 participants', '20 to 49 participants', '50 participants or more']
    """
    if participants < 20:
        return "Fewer than 20 participants"
    return "20 to 49 participants" if participants < 50 else "50 participants or more"


def neutrality(rows: Sequence[Applied]) -> Report:
    """Cut the proposals three ways; every cut sums to the same totals."""
    return Report(
        clusters=cut(rows, lambda one: one.cluster),
        states=cut(rows, lambda one: one.state),
        sizes=cut(rows, lambda one: size_of(one.participants)),
    )


def cut(rows: Sequence[Applied], label: Callable[[Applied], str]) -> tuple[Line, ...]:
    """Count by label, small lines together.

    >>> one = Applied("Glass", "Ohio", 5, Decimal(10), Decimal(10), is_selected=True)
    >>> [(line.label, line.selected) for line in cut([one], lambda row: row.state)]
    [('Ohio', 1)]
    """
    held: dict[str, list[Applied]] = defaultdict(list)
    for row in rows:
        held[label(row)].append(row)
    lines = sorted((_line(name, held[name]) for name in held), key=lambda one: one.label)
    small = [one for one in lines if 0 < one.hidden < FEWEST]
    safe = [one for one in lines if one not in small]
    # What was put together must itself be large: take in the smallest line that hides anybody.
    while small and sum(one.hidden for one in small) < FEWEST and any(one.hidden for one in safe):
        least = min((one for one in safe if one.hidden), key=lambda one: (one.hidden, one.label))
        safe.remove(least)
        small.append(least)
    if not small:
        return tuple(safe)
    return (*safe, _sum(TOGETHER if safe else EVERYBODY, small))


def _line(name: str, rows: Sequence[Applied]) -> Line:
    return Line(
        name,
        applied=len(rows),
        selected=sum(one.is_selected for one in rows),
        asked=sum((one.asked for one in rows), Decimal(0)),
        given=sum((one.given for one in rows), Decimal(0)),
    )


def _sum(name: str, lines: Sequence[Line]) -> Line:
    return Line(
        name,
        applied=sum(one.applied for one in lines),
        selected=sum(one.selected for one in lines),
        asked=sum((one.asked for one in lines), Decimal(0)),
        given=sum((one.given for one in lines), Decimal(0)),
    )
