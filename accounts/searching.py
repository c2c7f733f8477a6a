"""One search over every app: each registers the kinds of thing it can find, and for whom.

A provider answers for the person who asks. What the person may not see is neither shown nor
counted: the rows are narrowed before they are matched, so that an answer with a hidden object is
the same as the answer without it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from accounts.models import User
from accounts.rules.roles import AgencyRoleKind


@dataclass(frozen=True, slots=True)
class Question:
    """What is searched, by whom, and which part of the answer is wanted.

    Attributes:
        text: What was typed, tidied, never empty.
        person: Who asks; None without sign-in.
        roles: The person's (agency key, role) pairs.
        on: The register's day.
        first, count: The wanted part of the answer.
    """

    text: str
    person: User | None
    roles: frozenset[tuple[int, AgencyRoleKind]]
    on: date
    first: int = 0
    count: int = 5

    def holds(self, *wanted: AgencyRoleKind) -> frozenset[int]:
        """Return the agencies at which the person holds one of the roles."""
        return frozenset(agency for agency, role in self.roles if role in wanted)


@dataclass(frozen=True, slots=True)
class Hit:
    """One thing that fits."""

    title: str
    url: str
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Hits:
    """The wanted part of what fits, and how many there are in all."""

    total: int = 0
    rows: tuple[Hit, ...] = ()


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of thing that can be found.

    Attributes:
        code: In the address: "places".
        heading: On the page: "Places".
        noun: After a number: "place".
        position: Where it stands on the page; low comes first.
        find: Answers a question.
    """

    code: str
    heading: str
    noun: str
    position: int
    find: Callable[[Question], Hits]


_kinds: dict[str, Kind] = {}


def register_kind(kind: Kind) -> None:
    """Name a kind of thing that an app can find."""
    _kinds[kind.code] = kind


def kinds() -> list[Kind]:
    """Return every kind in the order of the page."""
    return sorted(_kinds.values(), key=lambda kind: kind.position)


NOTHING = Hits()
