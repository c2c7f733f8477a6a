"""What a forger with every right could do to the trail: make hashes fit again."""

from __future__ import annotations

from typing import Any

from django.db import connection

from trail.models import Case, Entry, Seal
from trail.rules.chain import GENESIS, Link, SealHead, merkle_root


def execute(sql: str, *values: Any) -> None:  # noqa: ANN401 - whatever a column takes
    """Run a statement as it stands."""
    with connection.cursor() as cursor:
        cursor.execute(sql, values or None)


def rehash(case: Case, *, first: int) -> None:
    """Make the chain of a case fit again from one place on, its head included."""
    before = Entry.objects.filter(case=case, sequence__lt=first).order_by("sequence").last()
    head = before.hash if before else GENESIS
    for entry in Entry.objects.filter(case=case, sequence__gte=first).order_by("sequence"):
        new = link_of(entry, case, head).hash()
        execute(
            "UPDATE trail_entry SET previous_hash = %s, hash = %s WHERE id = %s",
            head,
            new,
            entry.pk,
        )
        head = new
    fit_head(case)


def link_of(entry: Entry, case: Case, previous: str) -> Link:
    """The link that an entry stands for."""
    return Link(
        case=case.reference,
        sequence=entry.sequence,
        at=entry.at,
        recorded_at=entry.recorded_at,
        actor=entry.actor,
        verb=entry.verb,
        facts=entry.facts,
        personal=entry.personal_digest,
        previous=previous,
    )


def fit_head(case: Case) -> None:
    """Make the case's own idea of its chain fit what is left of it."""
    last = Entry.objects.filter(case=case).order_by("sequence").last()
    count, head = (last.sequence, last.hash) if last else (0, GENESIS)
    execute(
        "UPDATE trail_case SET entry_count = %s, head_hash = %s WHERE id = %s",
        count,
        head,
        case.pk,
    )


def copy_entry(entry: Entry, case: Case, key: int | None = None) -> None:
    """Put a copy of an entry at the end of a case; a key of its own unless one is given."""
    execute(
        "INSERT INTO trail_entry (id, case_id, sequence, at, recorded_at, actor, verb, facts,"
        " personal_digest, previous_hash, hash)"
        " SELECT coalesce(%s, (SELECT max(id) + 1 FROM trail_entry)), %s, %s, at, recorded_at,"
        " actor, verb, facts, personal_digest, previous_hash, reverse(hash)"
        " FROM trail_entry WHERE id = %s",
        key,
        case.pk,
        case.entry_count + 1,
        entry.pk,
    )


def reseal() -> None:
    """Make every seal fit the entries again."""
    previous, rows = GENESIS, Entry.objects.order_by("pk")
    for seal in Seal.objects.order_by("last_entry_id"):
        found = list(rows.filter(pk__lte=seal.last_entry_id).values_list("pk", "hash"))
        rows = Entry.objects.filter(pk__gt=seal.last_entry_id).order_by("pk")
        head = SealHead(
            version=seal.version,
            first=found[0][0],
            last=seal.last_entry_id,
            root=merkle_root([entry_hash for _, entry_hash in found]),
            previous=previous,
            sealed_at=seal.sealed_at,
        )
        execute(
            "UPDATE trail_seal SET first_entry_id = %s, entry_count = %s, root = %s,"
            " previous_hash = %s, hash = %s WHERE id = %s",
            head.first,
            len(found),
            head.root,
            previous,
            head.hash(),
            seal.pk,
        )
        previous = head.hash()
