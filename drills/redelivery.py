"""`python -m drills.redelivery [messages|effects|seal]`: everything three times, in any order."""

from __future__ import annotations

import hashlib
import json
import random
import sys
from collections import Counter

import django

TIMES, SEED = 3, 20_260_302


def messages() -> dict[str, object]:
    """Publish every message that beat publishes three times, shuffled."""
    from clusters_portal.celery import app  # noqa: PLC0415 - after Django's set-up

    names = [entry["task"] for entry in app.conf.beat_schedule.values()] * TIMES
    random.Random(SEED).shuffle(names)  # noqa: S311 - an order, no secret
    for name in names:
        app.send_task(name)
    return {"sent": len(names), "kinds": len(set(names))}


def effects() -> dict[str, object]:
    """Hand every effect of the outbox to its handler three times more, shuffled.

    Nothing may change: the digest of all rows is taken before and after.
    """
    from trail.models import Effect  # noqa: PLC0415 - after Django's set-up
    from trail.registry import effect_handler  # noqa: PLC0415 - the same

    rows = [row for row in Effect.objects.exclude(done_at=None) for _ in range(TIMES)]
    random.Random(SEED).shuffle(rows)  # noqa: S311 - an order, no secret
    before, failed = _digests(), Counter[str]()
    for row in rows:
        handler = effect_handler(row.kind)
        try:
            if handler is not None:
                handler(row.payload)
        except Exception as error:  # noqa: BLE001 - told in the table
            failed[f"{row.kind}: {error!r}"[:120]] += 1
    after = _digests()
    changed = sorted(name for name in after if after[name] != before.get(name))
    kinds = len({row.kind for row in rows})
    return {"sent": len(rows), "kinds": kinds, "changed": changed, "failed": dict(failed)}


def seal() -> dict[str, object]:
    """Seal what is new, so that there is something to break."""
    from trail.actions.seal_entries import seal_entries  # noqa: PLC0415 - after Django's set-up
    from trail.queries.clock import database_now  # noqa: PLC0415 - the same

    return {"sealed": seal_entries(at=database_now()) is not None}


def _digests() -> dict[str, str]:
    from clusters_portal.backup.rows import TABLES, names, own_line, read_table  # noqa: PLC0415

    with own_line() as line:
        found = {name: read_table(line, name).digest for name in names(line, TABLES)}
    return {name: hashlib.sha256(digest.encode()).hexdigest() for name, digest in found.items()}


if __name__ == "__main__":
    django.setup()
    print(json.dumps({"messages": messages, "effects": effects, "seal": seal}[sys.argv[1]]()))
