"""The tamperings that take more than one statement."""

from __future__ import annotations

import json
from collections.abc import Callable

from drills.forging import copy_entry, execute, fit_head, link_of, rehash, reseal
from drills.tamperings import Targets
from trail.models import Case, Entry
from trail.rules.chain import GENESIS, personal_digest

BEFORE_ALL = -5  # a key that lies before everything the seals speak of


def _number(case: Case, sequence: int) -> Entry:
    return Entry.objects.get(case=case, sequence=sequence)


def swap_times(struck: Targets) -> None:
    """Two entries of a case tell each other's time."""
    two, three = _number(struck.case, 2), _number(struck.case, 3)
    for entry, other in ((two, three), (three, two)):
        execute("UPDATE trail_entry SET at = %s WHERE id = %s", other.at, entry.pk)


def swap_places(struck: Targets) -> None:
    """Two entries of a case change places."""
    two, three = _number(struck.case, 2), _number(struck.case, 3)
    for pk, sequence in ((two.pk, 9999), (three.pk, 2), (two.pk, 3)):
        execute("UPDATE trail_entry SET sequence = %s WHERE id = %s", sequence, pk)


def _exchange_keys(one: int, other: int) -> None:
    for table, column in (("trail_entry", "id"), ("trail_personalnote", "entry_id")):
        for old, new in ((one, -one), (other, one), (-one, other)):
            execute(f"UPDATE {table} SET {column} = %s WHERE {column} = %s", new, old)


def swap_entries(struck: Targets) -> None:
    """Two entries of a case change keys, their notes with them: only the order differs."""
    _exchange_keys(_number(struck.case, 2).pk, _number(struck.case, 3).pk)


def swap_keys(struck: Targets) -> None:
    """Neighbours of two cases change keys: each chain still fits."""
    one, other = struck.neighbours()
    _exchange_keys(one.pk, other.pk)


def swap_notes(struck: Targets) -> None:
    """Two entries name each other's people."""
    two, three = _number(struck.case, 2).pk, _number(struck.case, 3).pk
    for old, new in ((two, -two), (three, two), (-two, three)):
        execute("UPDATE trail_personalnote SET entry_id = %s WHERE entry_id = %s", new, old)


def _drop_entries(rows: list[int]) -> None:
    execute("DELETE FROM trail_personalnote WHERE entry_id = ANY(%s)", rows)
    execute("DELETE FROM trail_entry WHERE id = ANY(%s)", rows)


def cut_case(struck: Targets) -> None:
    """The last entry goes, and the case says that it never was."""
    _drop_entries([_number(struck.case, struck.case.entry_count).pk])
    fit_head(struck.case)


def empty_case(struck: Targets) -> None:
    """All entries of a case go, and the case says that it has none."""
    _drop_entries(list(Entry.objects.filter(case=struck.case).values_list("pk", flat=True)))
    fit_head(struck.case)


def drop_case(struck: Targets) -> None:
    """All entries of a case go, and the case itself."""
    empty_case(struck)
    execute("DELETE FROM trail_case WHERE id = %s", struck.case.pk)


def cut_trail(struck: Targets) -> None:
    """What the newest seal covers goes everywhere, as if the last minutes had never been."""
    newest = struck.seals[-1]
    after = struck.seals[-2].last_entry_id
    _drop_entries(list(Entry.objects.filter(pk__gt=after).values_list("pk", flat=True)))
    execute("DELETE FROM trail_seal WHERE id = %s", newest.pk)
    for case in Case.objects.all():
        fit_head(case)
    execute("DELETE FROM trail_case WHERE entry_count = 0")


def copy_to_end(struck: Targets) -> None:
    """An entry of a case is there twice."""
    copy_entry(_number(struck.case, 2), struck.case)


def copy_to_other(struck: Targets) -> None:
    """An entry of one case appears in another one."""
    copy_entry(_number(struck.case, 2), struck.other)


def backdate_case(struck: Targets) -> None:
    """A case whose chain fits in itself appears between sealed ones."""
    source = _number(struck.case, 1)
    execute(
        "INSERT INTO trail_case"
        " (reference, kind, opened_at, entry_count, head_hash)"
        " SELECT 'XX-PLANTED', kind, opened_at, 0, %s"
        " FROM trail_case WHERE id = %s",
        GENESIS,
        struck.case.pk,
    )
    planted = Case.objects.get(reference="XX-PLANTED")
    copy_entry(source, planted, key=BEFORE_ALL)
    execute("UPDATE trail_entry SET sequence = 1 WHERE id = %s", BEFORE_ALL)
    rehash(planted, first=1)


def _alter(entry: Entry) -> None:
    execute("UPDATE trail_entry SET verb = 'planted' WHERE id = %s", entry.pk)


def rehash_one(struck: Targets) -> None:
    """An entry is altered and its own hash made to fit."""
    _alter(_number(struck.case, 2))
    entry = _number(struck.case, 2)
    new = link_of(entry, struck.case, entry.previous_hash).hash()
    execute("UPDATE trail_entry SET hash = %s WHERE id = %s", new, entry.pk)


def rehash_last(struck: Targets) -> None:
    """The last entry is altered, and its hash and the case's head made to fit."""
    last = struck.case.entry_count
    _alter(_number(struck.case, last))
    rehash(struck.case, first=last)


def rehash_rest(struck: Targets) -> None:
    """An entry is altered and everything after it in its case made to fit."""
    _alter(_number(struck.case, 2))
    rehash(struck.case, first=2)


def reseal_all(struck: Targets) -> None:
    """The same, and every seal made to fit: only the journal outside can tell."""
    rehash_rest(struck)
    reseal()


def renote(struck: Targets) -> None:
    """Another name, its digest and the chain behind it made to fit."""
    entry = _number(struck.case, 2)
    content = {"actor_name": "Eve"}
    execute(
        "UPDATE trail_personalnote SET content = %s, salt = 's' WHERE entry_id = %s",
        json.dumps(content),
        entry.pk,
    )
    execute(
        "UPDATE trail_entry SET personal_digest = %s WHERE id = %s",
        personal_digest("s", content),
        entry.pk,
    )
    rehash(struck.case, first=2)


def swap_seals(struck: Targets) -> None:
    """Two seals hold each other's hashes."""
    one, two = struck.seals[:2]
    for pk, value in ((one.pk, "x"), (two.pk, one.hash), (one.pk, two.hash)):
        execute("UPDATE trail_seal SET hash = %s WHERE id = %s", value, pk)


def merge_seals(struck: Targets) -> None:
    """The first seal goes; the second covers its entries too, and everything is made to fit."""
    first = struck.seals[0]
    execute("DELETE FROM trail_seal WHERE id = %s", first.pk)
    reseal()


def line(name: str, value: object) -> Callable[[Targets], None]:
    """Alter one field of the journal's first line."""

    def plant(struck: Targets) -> None:
        first, *rest = struck.journal.read_text(encoding="utf-8").splitlines(keepends=True)
        told = {**json.loads(first), name: value}
        struck.journal.write_text(json.dumps(told) + "\n" + "".join(rest), encoding="utf-8")

    return plant


def garble_line(struck: Targets) -> None:
    """The journal's first line is no longer JSON."""
    _, *rest = struck.journal.read_text(encoding="utf-8").splitlines(keepends=True)
    struck.journal.write_text("{half\n" + "".join(rest), encoding="utf-8")


def remove_line(struck: Targets) -> None:
    """The journal's first line is gone."""
    _, *rest = struck.journal.read_text(encoding="utf-8").splitlines(keepends=True)
    struck.journal.write_text("".join(rest), encoding="utf-8")


def remove_journal(struck: Targets) -> None:
    """The journal is gone."""
    struck.journal.unlink()
