"""What the public register shows of a designation: one snapshot, written and read one way.

Everything public (pages, CSV, JSON, API, counts) is made from released snapshots of this shape
and from nothing else, so that all of them agree and none of them shows anything early.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from certification.rules.canonical import decode, encode

KIND_DESIGNATION = "designation"
KIND_DENIAL = "denial"
SMALLEST_SHOWN = 5
FEW = "fewer than 5"


class Standing(StrEnum):
    """How a designation stands on a day."""

    IN_FORCE = "in_force"
    ENDED = "ended"
    NOT_YET = "not_yet"


STANDING_WORDS = {
    Standing.IN_FORCE: "In force",
    Standing.ENDED: "Ended",
    Standing.NOT_YET: "Begins later",
}


@dataclass(frozen=True)
class State:
    """A state that the region touches."""

    fips: str
    name: str


@dataclass(frozen=True)
class CriterionValue:
    """One test as it was decided; figures as decimal text, so that every reader sees the same."""

    id: str
    criterion: str
    title: str
    value: str
    low: str
    high: str
    threshold: str
    direction: str
    words: str
    sentence: str
    evidence: str
    citation: str


@dataclass(frozen=True)
class PublicName:
    """A participant that agreed to be named."""

    name: str
    role: str
    county: str


@dataclass(frozen=True)
class RoleCount:
    """How many participants hold a role; None where fewer than five must stay uncounted."""

    role: str
    count: int | None

    @property
    def words(self) -> str:
        """The count as people read it."""
        return FEW if self.count is None else f"{self.count:,}"


@dataclass(frozen=True)
class Source:
    """The data and the rules by which it was decided, by name and by digest."""

    basis: str
    basis_digest: str
    rulebook: str
    engine: str
    determination_digest: str
    is_synthetic: bool


@dataclass(frozen=True)
class RegisterEntry:
    """A designation as the public reads it."""

    reference: str
    number: int
    group: str
    summary: str
    goals: str
    cluster_code: str
    cluster: str
    definition_set: str
    region: str
    region_kind: str
    states: tuple[State, ...]
    counties: tuple[str, ...]
    agency: str
    decided_on: date
    term_kind: str
    starts_on: date
    ends_on: date
    rationale: str
    convening: str
    convening_form: str
    firms: tuple[RoleCount, ...]
    institutions: tuple[RoleCount, ...]
    governments: tuple[PublicName, ...]
    named: tuple[PublicName, ...]
    criteria: tuple[CriterionValue, ...]
    source: Source

    def standing(self, on: date) -> Standing:
        """How it stands on a day; the day on which a term ends is not part of it."""
        if on < self.starts_on:
            return Standing.NOT_YET
        return Standing.IN_FORCE if on < self.ends_on else Standing.ENDED

    @property
    def state_names(self) -> str:
        """The states in one line."""
        return ", ".join(state.name for state in self.states)


@dataclass(frozen=True)
class DenialLine:
    """A refused application as it enters the statistics: no name, no place, no cluster."""

    outcome: str
    decided_on: date
    agency: str
    reasons: tuple[str, ...]


def suppressed(counts: Mapping[str, int]) -> tuple[RoleCount, ...]:
    """Counts by role with small ones hidden.

    Roles that nobody holds are left out. Where a single role would be hidden, the next smallest
    is hidden too: otherwise the total would give it away.
    """
    held = {role: count for role, count in counts.items() if count}
    hidden = {role for role, count in held.items() if count < SMALLEST_SHOWN}
    if len(hidden) == 1 and len(held) > 1:
        hidden.add(min((role for role in held if role not in hidden), key=held.__getitem__))
    return tuple(RoleCount(role, None if role in hidden else n) for role, n in held.items())


def entry_snapshot(entry: RegisterEntry) -> dict[str, Any]:
    """The entry as a publication keeps it."""
    return dict(encode(entry))


def entry_from(snapshot: Mapping[str, Any]) -> RegisterEntry:
    """The entry that a publication keeps."""
    entry: RegisterEntry = decode(RegisterEntry, snapshot)
    return entry


def denial_snapshot(line: DenialLine) -> dict[str, Any]:
    """The line as a publication keeps it."""
    return dict(encode(line))


def denial_from(snapshot: Mapping[str, Any]) -> DenialLine:
    """The line that a publication keeps."""
    line: DenialLine = decode(DenialLine, snapshot)
    return line


@dataclass(frozen=True)
class Published:
    """An entry together with the release that made it public."""

    entry: RegisterEntry
    release: int
    released_at: str
    digest: str

    def as_json(self, on: date) -> dict[str, Any]:
        """The whole entry, how it stands on a day, and its release."""
        return {
            **entry_snapshot(self.entry),
            "standing": self.entry.standing(on).value,
            "release": self.release,
            "released_at": self.released_at,
            "digest": self.digest,
        }


class Sort(StrEnum):
    """The columns by which the register can be sorted."""

    GROUP = "group"
    CLUSTER = "cluster"
    REGION = "region"
    STARTS = "starts"
    ENDS = "ends"
    NUMBER = "number"


@dataclass(frozen=True)
class RegisterFilter:
    """What a reader of the register asks for; the same for page, CSV, JSON and API.

    ``on`` is the day as of which the register is read, ``at`` the reader's own moment: what
    becomes public later the same day does not show yet. Without it the database's clock counts.
    """

    on: date
    search: str = ""
    state: str = ""
    cluster: str = ""
    standing: Standing | None = None
    sort: Sort = Sort.NUMBER
    is_descending: bool = True
    at: datetime | None = None
