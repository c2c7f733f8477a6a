"""What a certificate says, and what can be answered about one that somebody holds."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from certification.rules.register import Published, RegisterEntry, Standing

KIND = "certificate"
STANDING_KIND = "standing"
LARGEST_FILE = 2_000_000


class Answer(StrEnum):
    """What the check of a certificate found."""

    IN_FORCE = "in_force"
    NOT_YET = "not_yet"
    ENDED = "ended"
    REPLACED = "replaced"
    PAPER = "paper"
    ALTERED = "altered"
    NOT_OURS = "not_ours"
    UNKNOWN = "unknown"


TITLES = {
    Answer.IN_FORCE: "Genuine and in force",
    Answer.NOT_YET: "Genuine; its term begins later",
    Answer.ENDED: "Genuine, but no longer in force",
    Answer.REPLACED: "Genuine and in force, but there is a newer version",
    Answer.PAPER: "Genuine: the portal made this paper",
    Answer.ALTERED: "Altered: do not rely on it",
    Answer.NOT_OURS: "Not a paper of this portal",
    Answer.UNKNOWN: "No such designation",
}
# A number that was looked up says nothing of the paper on which it was read.
LOOKED_UP = {
    Answer.IN_FORCE: "In force",
    Answer.NOT_YET: "Not in force yet",
    Answer.ENDED: "No longer in force",
}
GENUINE = frozenset({Answer.IN_FORCE, Answer.NOT_YET, Answer.ENDED, Answer.REPLACED, Answer.PAPER})


@dataclass(frozen=True)
class Checked:
    """The answer, and what the register says today about the designation.

    Attributes:
        since: The day from which it is no longer in force, or the newer version is shown.
        version: Of the certificate that was handed in; None where a number was asked for.
    """

    answer: Answer
    found: Published | None = None
    version: int | None = None
    since: date | None = None
    paper: str = ""

    @property
    def title(self) -> str:
        """The answer in words; only a file that was checked is called genuine."""
        words = LOOKED_UP if self.version is None else TITLES
        return words.get(self.answer, TITLES[self.answer])

    @property
    def is_genuine(self) -> bool:
        """Whether the portal made it and nobody altered it."""
        return self.answer in GENUINE

    def as_json(self) -> dict[str, Any]:
        """For machines."""
        entry = self.found.entry if self.found else None
        return {
            "answer": self.answer.value,
            "title": self.title,
            "genuine": self.is_genuine,
            "in_force": self.answer in {Answer.IN_FORCE, Answer.REPLACED},
            "since": self.since.isoformat() if self.since else None,
            "reference": entry.reference if entry else None,
            "version": self.version,
            "current_version": self.found.release if self.found else None,
        }


def judged(found: Published, on: date, version: int | None = None) -> Checked:
    """What is to be said of a designation's certificate on a day."""
    entry, standing = found.entry, found.entry.standing(on)
    if standing is Standing.ENDED:
        return Checked(Answer.ENDED, found, version, entry.ends_on)
    if standing is Standing.NOT_YET:
        return Checked(Answer.NOT_YET, found, version, entry.starts_on)
    if version is not None and version != found.release:
        return Checked(Answer.REPLACED, found, version, date.fromisoformat(found.released_at[:10]))
    return Checked(Answer.IN_FORCE, found, version, entry.starts_on)


def certificate_facts(found: Published, issuer: str) -> dict[str, Any]:
    """What the signed file says: the designation as it was released."""
    entry = found.entry
    return {
        "issuer": issuer,
        "certificate_of": "designation",
        "reference": entry.reference,
        "number": entry.number,
        "group": entry.group,
        "cluster_code": entry.cluster_code,
        "cluster": entry.cluster,
        "definition_set": entry.definition_set,
        "region": entry.region,
        "states": [state.fips for state in entry.states],
        "counties": list(entry.counties),
        "agency": entry.agency,
        "decided_on": entry.decided_on.isoformat(),
        "term_kind": entry.term_kind,
        "starts_on": entry.starts_on.isoformat(),
        "ends_on": entry.ends_on.isoformat(),
        "is_synthetic": entry.source.is_synthetic,
        "version": found.release,
        "released_at": found.released_at,
        "digest": found.digest,
        "check_at": f"{issuer}/register/{entry.reference}/check/",
    }


def standing_facts(found: Published, issuer: str, on: date) -> dict[str, Any]:
    """The answer to "is this group a Designated Cluster in good standing, since when?"."""
    standing = found.entry.standing(on)
    return {
        "issuer": issuer,
        "reference": found.entry.reference,
        "group": found.entry.group,
        "as_of": on.isoformat(),
        "in_good_standing": standing is Standing.IN_FORCE,
        "standing": standing.value,
        "since": found.entry.starts_on.isoformat(),
        "until": found.entry.ends_on.isoformat(),
        "version": found.release,
        "digest": found.digest,
    }


def certificate_lines(found: Published) -> list[tuple[str, str]]:
    """The facts on the printed certificate."""
    entry = found.entry
    return [
        ("Designation", f"No. {entry.number}, reference {entry.reference}"),
        ("Cluster", entry.cluster),
        ("Region", f"{entry.region} ({entry.state_names})"),
        ("Term", _term(entry)),
        ("Decided by", f"{entry.agency}, {_day(entry.decided_on)}"),
        ("Convening organization", entry.convening or "Not named"),
        ("Data and rules", f"{entry.source.basis}; {entry.source.rulebook}"),
    ]


def version_in(facts: Mapping[str, Any]) -> tuple[str, int]:
    """Reference and version that a genuine file names."""
    return str(facts["reference"]), int(facts["version"])


def about_of(reference: str, version: int) -> str:
    """How a kept certificate is named."""
    return f"{reference} version {version}"


def _term(entry: RegisterEntry) -> str:
    return f"{entry.term_kind}, from {_day(entry.starts_on)} until {_day(entry.ends_on)}"


def _day(day: date) -> str:
    return f"{day:%B} {day.day}, {day.year}"
