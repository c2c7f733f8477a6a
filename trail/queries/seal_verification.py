"""Do the seals cover the entries, and does the journal outside know the seals?"""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from trail.models import Entry, Seal
from trail.rules.chain import GENESIS, SealHead, merkle_root

FIRST_KEPT_VERSION = 2  # every seal since then has its line in the journal


def seal_problems() -> Iterator[tuple[str, str]]:
    """Re-derive each seal from the entries up to it, those between two seals included."""
    previous = GENESIS
    rows = Entry.objects.order_by("pk")
    for seal in Seal.objects.order_by("last_entry_id"):
        entries = list(rows.filter(pk__lte=seal.last_entry_id).values_list("pk", "hash"))
        reason = _seal_problem(seal, entries, previous)
        yield (f"seal {seal.pk}", reason) if reason else ("", "")
        previous, rows = seal.hash, Entry.objects.filter(pk__gt=seal.last_entry_id).order_by("pk")


def _seal_problem(seal: Seal, entries: list[tuple[int, str]], previous: str) -> str:
    outside = [pk for pk, _ in entries if pk < seal.first_entry_id]
    if outside:
        return f"entry {outside[0]} stands before it without a seal"
    if not entries or len(entries) != seal.entry_count:
        return "the entries it covers have changed"
    head = SealHead(
        version=seal.version,
        first=seal.first_entry_id,
        last=seal.last_entry_id,
        root=merkle_root([entry_hash for _, entry_hash in entries]),
        previous=previous,
        sealed_at=seal.sealed_at,
    )
    if seal.previous_hash != previous:
        return "it does not name the seal before it"
    if head.root != seal.root:
        return "the entries it covers have changed"
    return "" if head.hash() == seal.hash else "it was altered"


def journal_problems(journal: Path) -> Iterator[tuple[str, str]]:
    """Compare the journal with the seals, line by line.

    The newest seal may still be on its way into the journal: its sealer may just have died.
    """
    seals = {seal.hash: seal for seal in Seal.objects.order_by("last_entry_id")}
    kept = set()
    for number, line in enumerate(_lines(journal), start=1):
        told = _read(line)
        if told is None:
            yield f"line {number} of the journal", "it cannot be read"
            continue
        kept.add(told.get("hash"))
        yield _line_problem(number, told, seals.get(str(told.get("hash"))))
    newest = next(reversed(seals), "")
    for seal in seals.values():
        is_missing = seal.version >= FIRST_KEPT_VERSION and seal.hash not in kept | {newest}
        yield (f"seal {seal.pk}", "the journal does not know it") if is_missing else ("", "")


def _line_problem(number: int, told: dict[str, Any], seal: Seal | None) -> tuple[str, str]:
    if seal is None:
        return f"seal up to entry {told.get('last')}", "it was cut off"
    expected: dict[str, object] = {"last": seal.last_entry_id, "count": seal.entry_count}
    expected |= {"at": seal.sealed_at.isoformat()} if "at" in told else {}
    fits = all(told.get(name) == value for name, value in expected.items())
    return ("", "") if fits else (f"line {number} of the journal", "it was altered")


def _lines(journal: Path) -> list[str]:
    """The whole lines; half a line at the end belongs to a sealer that was interrupted."""
    if not journal.exists():
        return []
    return journal.read_text(encoding="utf-8", errors="replace").split("\n")[:-1]


def _read(line: str) -> dict[str, Any] | None:
    try:
        told = json.loads(line)
    except ValueError:
        return None
    return told if isinstance(told, dict) else None
