"""The journal of seals outside the database: what shows that a tail was cut off."""

from __future__ import annotations

import fcntl
import json
import os
from collections.abc import Sequence
from io import BufferedRandom
from pathlib import Path

from trail.models import Seal

# An empty journal beside many seals was lost or removed: it must show, not be made good.
NEW_SEALS = 2
TAIL_BYTES = 4096


def keep_outside(journal: Path) -> int:
    """Append the committed seals that the journal does not hold yet; return how many.

    A sealer that died between the database and the journal is made good by the next one.

    Side effects: writes and syncs the file under a lock of its own.

    Raises:
        OSError: the disk is full or the file cannot be reached.
    """
    journal.parent.mkdir(parents=True, exist_ok=True)
    with journal.open("a+b") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        last = _last_kept(file)
        newer = Seal.objects.filter(last_entry_id__gt=last).order_by("last_entry_id")
        missing = list(newer) if last else list(newer)[-NEW_SEALS:]
        _append(file, missing)
    return len(missing)


def _last_kept(file: BufferedRandom) -> int:
    """The last entry that a whole line speaks of; half a line is cut away first."""
    end = file.seek(0, os.SEEK_END)
    start = max(0, end - TAIL_BYTES)
    file.seek(start)
    tail = file.read()
    whole, _, half = tail.rpartition(b"\n")
    if half:
        file.truncate(end - len(half))
    lines = whole.splitlines()
    return int(json.loads(lines[-1])["last"]) if lines else 0


def _append(file: BufferedRandom, seals: Sequence[Seal]) -> None:
    for seal in seals:
        line = {
            "last": seal.last_entry_id,
            "count": seal.entry_count,
            "hash": seal.hash,
            "at": seal.sealed_at.isoformat(),
        }
        file.write(json.dumps(line).encode() + b"\n")
    if seals:
        file.flush()
        os.fsync(file.fileno())
