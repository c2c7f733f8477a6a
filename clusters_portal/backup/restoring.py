"""Restore a backup into an empty database, and prove that every row came back."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

from django.core.management import call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.loader import MigrationLoader
from psycopg import Connection, sql

from clusters_portal.backup.manifest import (
    JOURNAL,
    BackupRefused,
    Manifest,
    check_files,
    read_manifest,
)
from clusters_portal.backup.rows import TABLES, load_table, names, own_line, read_table


def checked_manifest(folder: Path) -> Manifest:
    """Read a backup's table of contents and compare every file with it.

    Raises:
        BackupRefused: it is unfinished, damaged, or of a newer version of the portal.
    """
    manifest = read_manifest(folder)
    check_files(folder, manifest)
    known = MigrationLoader(None).disk_migrations or {}
    newer = [f"{app} {name}" for app, name in manifest.migrations if (app, name) not in known]
    if newer:
        raise BackupRefused(
            f"This backup was made by a newer version of the portal: it knows {newer[0]}."
            " Restore it with that version."
        )
    return manifest


def restore_database(folder: Path, manifest: Manifest) -> None:
    """Make the shape of the backup, load every table, and compare each with its digest.

    Either all rows are there and equal, or the database holds none of them. A backup of an older
    version is brought up to this one's shape afterwards.

    Raises:
        BackupRefused: the database is not empty, or a table came back different.
    """
    with own_line() as line:
        if names(line, TABLES):
            raise BackupRefused("The database is not empty: restore into a new one.")
    MigrationExecutor(connection).migrate(_leaves(manifest))
    with own_line() as line, line.transaction():
        _load(line, folder, manifest)
        _compare(line, manifest)
    call_command("migrate", verbosity=0, interactive=False)


def _leaves(manifest: Manifest) -> list[tuple[str, str]]:
    """The last migration of each app that the backup knows."""
    loader = MigrationLoader(None)
    held = {(app, name) for app, name in manifest.migrations}
    parents = {
        parent.key
        for key in held
        for parent in loader.graph.node_map[key].parents
        if parent.key[0] == key[0]
    }
    return sorted(held - parents)


def _load(line: Connection[Any], folder: Path, manifest: Manifest) -> None:
    tables = [sql.Identifier(name) for name in manifest.tables]
    if set(names(line, TABLES)) != set(manifest.tables):
        raise BackupRefused("The backup's tables are not those of its version.")
    line.execute(sql.SQL("TRUNCATE {} CASCADE").format(sql.SQL(", ").join(tables)))
    # Triggers judge acts; these rows were judged when they were written.
    _triggers(line, tables, "DISABLE")
    for name, table in manifest.tables.items():
        load_table(line, name, table, folder / "tables" / f"{name}.gz")
    line.execute("SET CONSTRAINTS ALL IMMEDIATE")
    _triggers(line, tables, "ENABLE")
    for name, (value, is_used) in manifest.sequences.items():
        line.execute("SELECT setval(%s::regclass, %s, %s)", (f'"{name}"', value, is_used))


def _triggers(line: Connection[Any], tables: list[sql.Identifier], verb: str) -> None:
    for table in tables:
        line.execute(sql.SQL("ALTER TABLE {} " + verb + " TRIGGER USER").format(table))


def _compare(line: Connection[Any], manifest: Manifest) -> None:
    for name, table in manifest.tables.items():
        found = read_table(line, name)
        if found != table:
            raise BackupRefused(
                f"The table {name} came back different: {found.rows} rows, not {table.rows}."
            )


def refuse_taken(state: Path) -> None:
    """Make sure that no journal would be overwritten.

    Raises:
        BackupRefused: there is one already.
    """
    journal = state / JOURNAL
    if journal.exists() and journal.stat().st_size:
        raise BackupRefused(f"{journal} exists: move it away, or name another --state folder.")


def restore_papers(folder: Path, manifest: Manifest, state: Path) -> int:
    """Put papers and journal where the portal looks for them; return how many papers."""
    state.mkdir(parents=True, exist_ok=True)
    papers = [name for name in manifest.files if name.startswith("documents/")]
    for name in papers:
        target = state / name
        target.parent.mkdir(parents=True, exist_ok=True)
        if not target.exists():
            shutil.copyfile(folder / name, target)
    if JOURNAL in manifest.files:
        shutil.copyfile(folder / JOURNAL, state / JOURNAL)
    return len(papers)
