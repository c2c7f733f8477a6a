"""Append to the trail, in the transaction of the act that it tells of."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import connection, transaction

from trail.actors import Actor
from trail.models import Case, Entry, PersonalNote
from trail.queries.clock import database_now
from trail.registry import watchers_of
from trail.rules.chain import Link, personal_digest

SEAL_LOCK = 7_301_001  # advisory lock: shared by writers, exclusive for the sealer


@transaction.atomic
def record_entry(
    *,
    case: Case,
    actor: Actor,
    at: datetime,
    verb: str,
    facts: Mapping[str, Any] | None = None,
    personal: Mapping[str, Any] | None = None,
) -> Entry:
    """Write one entry at the end of the case's chain and return it.

    Side effects: locks the case row until the transaction ends, so that a chain has one writer;
    runs what upper apps do whenever a case of this kind changes (``trail.registry.watch_cases``).

    Args:
        case: The case.
        actor: Who did it.
        at: When the act counts as done.
        verb: The programme's word for it.
        facts: What a reader of the trail needs; JSON values; no personal data.
        personal: Names, addresses: kept beside the chain, which holds only a salted digest.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock_shared(%s)", [SEAL_LOCK])
    locked = Case.objects.select_for_update().get(pk=case.pk)
    content = {"actor_name": actor.name, **(personal or {})}
    salt = secrets.token_hex(16)
    link = Link(
        case=locked.reference,
        sequence=locked.entry_count + 1,
        at=at,
        recorded_at=database_now(),
        actor=str(actor),
        verb=verb,
        facts=dict(facts or {}),
        personal=personal_digest(salt, content),
        previous=locked.head_hash,
    )
    entry = Entry.objects.create(
        case=locked,
        sequence=link.sequence,
        at=at,
        recorded_at=link.recorded_at,
        actor=link.actor,
        verb=verb,
        facts=link.facts,
        personal_digest=link.personal,
        previous_hash=link.previous,
        hash=link.hash(),
    )
    PersonalNote.objects.create(entry=entry, salt=salt, content=content)
    Case.objects.filter(pk=locked.pk).update(entry_count=link.sequence, head_hash=entry.hash)
    case.entry_count, case.head_hash = link.sequence, entry.hash
    for watcher in watchers_of(case.kind):
        watcher(entry)
    return entry
