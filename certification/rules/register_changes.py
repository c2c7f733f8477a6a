"""What changed between two versions of an entry, in words that readers of the register know."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from certification.rules.register import CriterionValue, RegisterEntry

WORDS = {
    "group": "Name of the group",
    "summary": "Summary",
    "goals": "Goals for the term",
    "cluster": "Cluster",
    "cluster_code": "Code of the cluster",
    "definition_set": "Cluster definitions",
    "region": "Region",
    "region_kind": "Kind of region",
    "agency": "Agency",
    "decided_on": "Day of the decision",
    "term_kind": "Kind of term",
    "starts_on": "First day of the term",
    "ends_on": "End of the term",
    "rationale": "Reasons",
    "convening": "Convening organization",
    "convening_form": "Kind of convening organization",
    "number": "Number",
}


@dataclass(frozen=True)
class Change:
    """One thing that reads differently; empty on the side that had nothing."""

    what: str
    before: str
    after: str


def changes(before: RegisterEntry, after: RegisterEntry) -> tuple[Change, ...]:
    """Everything that reads differently, in the order of the entry's page."""
    return tuple(
        change
        for change in (*_single(before, after), *_lists(before, after), *_criteria(before, after))
        if change.before != change.after
    )


def _single(before: RegisterEntry, after: RegisterEntry) -> Iterator[Change]:
    for name, words in WORDS.items():
        yield Change(words, _text(getattr(before, name)), _text(getattr(after, name)))


def _lists(before: RegisterEntry, after: RegisterEntry) -> Iterator[Change]:
    yield Change("States", before.state_names, after.state_names)
    yield Change("Counties", ", ".join(before.counties), ", ".join(after.counties))
    one, two = _roles(before), _roles(after)
    for role in dict.fromkeys((*one, *two)):
        yield Change(f"Participants: {role}", one.get(role, ""), two.get(role, ""))
    for words, name in (("Organizations named", "named"), ("Governments", "governments")):
        names = [[row.name for row in getattr(entry, name)] for entry in (before, after)]
        gone = [row for row in names[0] if row not in names[1]]
        came = [row for row in names[1] if row not in names[0]]
        yield Change(words, ", ".join(gone), ", ".join(came))


def _roles(entry: RegisterEntry) -> Mapping[str, str]:
    return {row.role: row.words for row in (*entry.firms, *entry.institutions)}


def _criteria(before: RegisterEntry, after: RegisterEntry) -> Iterator[Change]:
    one = {row.id: row for row in before.criteria}
    two = {row.id: row for row in after.criteria}
    for key in dict.fromkeys((*one, *two)):
        known: CriterionValue = two.get(key) or one[key]
        yield Change(known.title, _figures(one.get(key)), _figures(two.get(key)))


def _figures(row: CriterionValue | None) -> str:
    if row is None:
        return ""
    said = [f"{row.value or 'no value'}, needed {row.threshold}: {row.words}", row.evidence]
    return ". ".join(part for part in said if part)


def _text(value: Any) -> str:  # noqa: ANN401 - a field of an entry
    return f"{value:%B} {value.day}, {value.year}" if isinstance(value, date) else str(value)
