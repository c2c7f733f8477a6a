"""Seal new entries: a Merkle root over the batch, chained, and its head kept outside as well."""

from __future__ import annotations

import json
from datetime import datetime
from pathlib import Path

from django.conf import settings
from django.db import OperationalError, connection, transaction

from trail.actions.record_entry import SEAL_LOCK
from trail.models import Entry, Seal
from trail.rules.chain import GENESIS, canonical, digest, merkle_root

PATIENCE = "2s"  # below the web's lock_timeout: writers that wait behind the sealer go on


def seal_entries(*, at: datetime) -> Seal | None:
    """Seal what was written since the last seal; return the seal, or None when nothing is new.

    Writers hold the seal lock in share mode until they commit; the sealer takes it alone for a
    moment, so that no entry with a lower id can still appear behind a seal. When a long act keeps
    it waiting, the batch is left to the next round. The head is also appended to a journal
    outside the database, so that a cut tail shows.
    """
    try:
        with transaction.atomic():
            seal = _seal_under_lock(at)
    except OperationalError:
        return None
    if seal is not None:
        _keep_outside(seal)
    return seal


def _seal_under_lock(at: datetime) -> Seal | None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('lock_timeout', %s, true)", [PATIENCE])
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [SEAL_LOCK])
    last = Seal.objects.order_by("-last_entry_id").first()
    after = last.last_entry_id if last else 0
    entries = list(Entry.objects.filter(pk__gt=after).order_by("pk").values_list("pk", "hash"))
    return _write_seal(entries, last, at) if entries else None


def _write_seal(entries: list[tuple[int, str]], last: Seal | None, at: datetime) -> Seal:
    root = merkle_root([entry_hash for _, entry_hash in entries])
    previous = last.hash if last else GENESIS
    head = {"first": entries[0][0], "last": entries[-1][0], "root": root, "previous": previous}
    return Seal.objects.create(
        first_entry_id=entries[0][0],
        last_entry_id=entries[-1][0],
        entry_count=len(entries),
        sealed_at=at,
        root=root,
        previous_hash=previous,
        hash=digest(canonical(head)),
    )


def _keep_outside(seal: Seal) -> None:
    journal = Path(settings.SEAL_JOURNAL)
    journal.parent.mkdir(parents=True, exist_ok=True)
    line = {"last": seal.last_entry_id, "count": seal.entry_count, "hash": seal.hash}
    with journal.open("a", encoding="utf-8") as file:
        file.write(json.dumps(line) + "\n")
