"""Seal new entries: a Merkle root over the batch, chained, and its head kept outside as well."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import structlog
from django.conf import settings
from django.db import OperationalError, connection, transaction

from trail.actions.record_entry import SEAL_LOCK
from trail.actions.seal_journal import keep_outside
from trail.models import Entry, Seal
from trail.rules.chain import GENESIS, SealHead, merkle_root

log = structlog.get_logger(__name__)
PATIENCE = "2s"  # below the web's lock_timeout: writers that wait behind the sealer go on
VERSION = 2


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
    _keep_outside()
    return seal


def _keep_outside() -> None:
    """Bring the journal up to date; a full disk costs a line in the log, never the seal."""
    try:
        keep_outside(Path(settings.SEAL_JOURNAL))
    except OSError as error:
        log.error("seal_journal_not_written", error=str(error))  # noqa: TRY400 - a line, no story


def _seal_under_lock(at: datetime) -> Seal | None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('lock_timeout', %s, true)", [PATIENCE])
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [SEAL_LOCK])
    last = Seal.objects.order_by("-last_entry_id").first()
    after = last.last_entry_id if last else 0
    entries = list(Entry.objects.filter(pk__gt=after).order_by("pk").values_list("pk", "hash"))
    return _write_seal(entries, last, at) if entries else None


def _write_seal(entries: list[tuple[int, str]], last: Seal | None, at: datetime) -> Seal:
    head = SealHead(
        version=VERSION,
        first=entries[0][0],
        last=entries[-1][0],
        root=merkle_root([entry_hash for _, entry_hash in entries]),
        previous=last.hash if last else GENESIS,
        sealed_at=at,
    )
    return Seal.objects.create(
        first_entry_id=head.first,
        last_entry_id=head.last,
        entry_count=len(entries),
        sealed_at=at,
        version=head.version,
        root=head.root,
        previous_hash=head.previous,
        hash=head.hash(),
    )
