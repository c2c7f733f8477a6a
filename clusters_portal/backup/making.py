"""Make a backup: one snapshot of the database, the papers and the journal of seals."""

from __future__ import annotations

import hashlib
import os
import shutil
from pathlib import Path
from typing import IO, Any

from django.conf import settings
from django.core.files.storage import storages
from psycopg import Connection, IsolationLevel

from clusters_portal.backup.manifest import (
    BLOCK,
    JOURNAL,
    BackupRefused,
    Manifest,
    Table,
    file_digest,
    write_manifest,
)
from clusters_portal.backup.rows import TABLES, names, own_line, read_sequences, save_table

STORES = ("clean", "quarantine")


def make_backup(folder: Path) -> Manifest:
    """Write everything into an empty folder; the table of contents comes last.

    The journal is copied before the snapshot: all its seals are in it. Papers come after: all
    that the snapshot speaks of are there, since a paper is kept before its row is written.

    Raises:
        BackupRefused: the folder is not empty, or a paper is not what its name says.
    """
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    if any(folder.iterdir()):
        raise BackupRefused(f"{folder} is not empty: every backup wants a folder of its own.")
    files = _save_journal(folder)
    manifest = _save_database(folder, files)
    for store in STORES:
        files.update(_save_papers(folder, store))
    write_manifest(folder, manifest)
    return manifest


def _save_journal(folder: Path) -> dict[str, str]:
    journal = Path(settings.SEAL_JOURNAL)
    if not journal.exists():
        return {}
    whole, _, _half = journal.read_bytes().rpartition(b"\n")
    copy = folder / JOURNAL
    copy.write_bytes(whole + b"\n" if whole else b"")
    return {JOURNAL: file_digest(copy)}


def _save_database(folder: Path, files: dict[str, str]) -> Manifest:
    (folder / "tables").mkdir()
    with own_line() as line:
        line.isolation_level = IsolationLevel.REPEATABLE_READ
        line.read_only = True
        with line.transaction():
            manifest = Manifest(
                made_at=_one(line, "SELECT clock_timestamp()::text"),
                server=_one(line, "SHOW server_version"),
                migrations=[
                    [str(app), str(name)]
                    for app, name in line.execute(
                        "SELECT app, name FROM django_migrations ORDER BY id"
                    ).fetchall()
                ],
                tables=_save_tables(line, folder, files),
                sequences=read_sequences(line),
                files=files,
            )
    return manifest


def _save_tables(line: Connection[Any], folder: Path, files: dict[str, str]) -> dict[str, Table]:
    found = {}
    for name in names(line, TABLES):
        path = folder / "tables" / f"{name}.gz"
        found[name] = save_table(line, name, path)
        files[f"tables/{name}.gz"] = file_digest(path)
    return found


def _one(line: Connection[Any], statement: str) -> str:
    (row,) = line.execute(statement).fetchall()
    return str(row[0])


def _save_papers(folder: Path, store: str) -> dict[str, str]:
    target = folder / "documents" / store
    target.mkdir(parents=True)
    files = {}
    for name in _papers(store):
        with storages[store].open(name) as paper:
            digest = _copy(paper, target / name)
        if digest != name:
            raise BackupRefused(f"The paper {name} in the {store} store was altered.")
        files[f"documents/{store}/{name}"] = digest
    return files


def _papers(store: str) -> list[str]:
    try:
        return sorted(storages[store].listdir("")[1])
    except FileNotFoundError:
        return []


def _copy(paper: IO[Any], path: Path) -> str:
    digest = hashlib.sha256()
    with path.open("wb") as copy:
        while block := paper.read(BLOCK):
            digest.update(block)
            copy.write(block)
        copy.flush()
        os.fsync(copy.fileno())
    return digest.hexdigest()


def remove_attempt(folder: Path) -> None:
    """Take away what an interrupted attempt left, so that nobody takes it for a backup."""
    for name in ("tables", "documents"):
        shutil.rmtree(folder / name, ignore_errors=True)
    (folder / JOURNAL).unlink(missing_ok=True)
