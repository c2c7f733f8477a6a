"""Is the trail whole? Names the first broken row."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings

from trail.models import Case, Entry, PersonalNote
from trail.queries.seal_verification import journal_problems, seal_problems
from trail.rules.chain import GENESIS, Link, personal_digest


@dataclass(frozen=True, slots=True)
class TrailReport:
    """The answer of ``verify_trail``."""

    ok: bool
    checked: int
    first_broken: str
    reason: str


def verify_trail(journal: Path | None = None) -> TrailReport:
    """Re-derive every hash, chain, seal and the journal outside the database.

    Args:
        journal: Another journal than the running portal's: that of a backup.
    """
    checked = 0
    for broken, reason in _problems(journal or Path(settings.SEAL_JOURNAL)):
        if broken:
            return TrailReport(ok=False, checked=checked, first_broken=broken, reason=reason)
        checked += 1
    return TrailReport(ok=True, checked=checked, first_broken="", reason="")


def _problems(journal: Path) -> Iterator[tuple[str, str]]:
    yield from _chain_problems()
    yield from _head_problems()
    yield from seal_problems()
    yield from journal_problems(journal)


def _chain_problems() -> Iterator[tuple[str, str]]:
    previous: dict[int, tuple[int, str]] = {}
    rows = Entry.objects.select_related("case").order_by("pk").iterator(chunk_size=2000)
    notes = _Notes()
    for entry in rows:
        sequence, head = previous.get(entry.case_id, (0, GENESIS))
        yield _entry_problem(entry, sequence + 1, head, notes.of(entry.pk))
        previous[entry.case_id] = (entry.sequence, entry.hash)


class _Notes:
    """Personal notes, read a block at a time beside the entries."""

    block = 2000

    def __init__(self) -> None:
        self._held: dict[int, PersonalNote] = {}
        self._until = 0

    def of(self, entry_id: int) -> PersonalNote | None:
        if entry_id > self._until:
            self._until = entry_id + self.block
            window = PersonalNote.objects.filter(entry_id__gte=entry_id, entry_id__lte=self._until)
            self._held = {note.entry_id: note for note in window}
        return self._held.get(entry_id)


def _entry_problem(
    entry: Entry, sequence: int, head: str, note: PersonalNote | None
) -> tuple[str, str]:
    name = f"entry {entry.pk} of {entry.case.reference}"
    link = _link(entry)
    if link.hash() != entry.hash:
        return name, "its content was altered"
    if entry.sequence != sequence:
        return name, "an entry before it is missing"
    if entry.previous_hash != head:
        return name, "it does not name the entry before it"
    if note is not None and personal_digest(note.salt, note.content) != entry.personal_digest:
        return name, "its personal note was altered"
    if sequence == 1 and entry.facts.get("kind", entry.case.kind) != entry.case.kind:
        return name, "its case is now of another kind"
    return "", ""


def _link(entry: Entry) -> Link:
    return Link(
        case=entry.case.reference,
        sequence=entry.sequence,
        at=entry.at,
        recorded_at=entry.recorded_at,
        actor=entry.actor,
        verb=entry.verb,
        facts=entry.facts,
        personal=entry.personal_digest,
        previous=entry.previous_hash,
    )


def _head_problems() -> Iterator[tuple[str, str]]:
    for case in Case.objects.order_by("pk").iterator():
        last = case.entries.order_by("-sequence").first()
        fits = last is not None and (last.sequence, last.hash) == (case.entry_count, case.head_hash)
        yield ("", "") if fits else (f"case {case.reference}", "its last entries are missing")
