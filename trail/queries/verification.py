"""Is the trail whole? Names the first broken row."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings

from trail.models import Case, Entry, PersonalNote, Seal
from trail.rules.chain import GENESIS, Link, canonical, digest, merkle_root, personal_digest


@dataclass(frozen=True, slots=True)
class TrailReport:
    """The answer of ``verify_trail``."""

    ok: bool
    checked: int
    first_broken: str
    reason: str


def verify_trail() -> TrailReport:
    """Re-derive every hash, chain, seal and the journal outside the database."""
    checked = 0
    for broken, reason in _problems():
        if broken:
            return TrailReport(ok=False, checked=checked, first_broken=broken, reason=reason)
        checked += 1
    return TrailReport(ok=True, checked=checked, first_broken="", reason="")


def _problems() -> Iterator[tuple[str, str]]:
    yield from _chain_problems()
    yield from _head_problems()
    yield from _seal_problems()
    yield from _journal_problems()


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
    if entry.sequence != sequence:
        return name, "an entry before it is missing"
    if entry.previous_hash != head:
        return name, "it does not name the entry before it"
    link = Link(
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
    if link.hash() != entry.hash:
        return name, "its content was altered"
    if note is not None and personal_digest(note.salt, note.content) != entry.personal_digest:
        return name, "its personal note was altered"
    return "", ""


def _head_problems() -> Iterator[tuple[str, str]]:
    for case in Case.objects.order_by("pk").iterator():
        last = case.entries.order_by("-sequence").first()
        head = (last.sequence, last.hash) if last else (0, GENESIS)
        fits = head == (case.entry_count, case.head_hash)
        yield ("", "") if fits else (f"case {case.reference}", "its last entries are missing")


def _seal_problems() -> Iterator[tuple[str, str]]:
    previous = GENESIS
    for seal in Seal.objects.order_by("last_entry_id"):
        window = (seal.first_entry_id, seal.last_entry_id)
        hashes = list(
            Entry.objects.filter(pk__range=window).order_by("pk").values_list("hash", flat=True)
        )
        root = merkle_root(hashes) if hashes else ""
        head = {"first": window[0], "last": window[1], "root": root, "previous": previous}
        fits = len(hashes) == seal.entry_count and digest(canonical(head)) == seal.hash
        yield ("", "") if fits else (f"seal {seal.pk}", "the entries it covers have changed")
        previous = seal.hash


def _journal_problems() -> Iterator[tuple[str, str]]:
    journal = Path(settings.SEAL_JOURNAL)
    if not journal.exists():
        return
    known = set(Seal.objects.values_list("hash", flat=True))
    for line in journal.read_text(encoding="utf-8").splitlines():
        kept = json.loads(line)
        fits = kept["hash"] in known
        yield ("", "") if fits else (f"seal up to entry {kept['last']}", "it was cut off")
