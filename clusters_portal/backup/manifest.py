"""What a backup holds, and whether it still holds it."""

from __future__ import annotations

import hashlib
import json
import os
from dataclasses import asdict, dataclass
from pathlib import Path

FORMAT = 1
MANIFEST, MANIFEST_DIGEST = "manifest.json", "manifest.sha256"
JOURNAL = "seals.jsonl"
BLOCK = 1 << 20


class BackupRefused(Exception):
    """Raised with one sentence that says why a folder cannot be backed up to or restored from."""


@dataclass(frozen=True, slots=True)
class Table:
    """One table: its columns in order, how many rows, and a digest over all of them."""

    columns: list[str]
    rows: int
    digest: str


@dataclass(frozen=True, slots=True)
class Manifest:
    """The table of contents; written last, so that a half-made backup has none.

    Attributes:
        made_at: The database's clock when the snapshot was taken.
        migrations: App and name of every migration that the snapshot's shape comes from.
        tables: Digest of each table's rows in the order of their keys.
        sequences: Last value of each sequence and whether it was ever used.
        files: Digest of every other file of the backup.
    """

    made_at: str
    server: str
    migrations: list[list[str]]
    tables: dict[str, Table]
    sequences: dict[str, tuple[int, bool]]
    files: dict[str, str]
    format: int = FORMAT

    @property
    def rows(self) -> int:
        """All rows together."""
        return sum(table.rows for table in self.tables.values())


def write_manifest(folder: Path, manifest: Manifest) -> None:
    """Write the table of contents and its own digest, and wait until the disk has them."""
    text = json.dumps(asdict(manifest), indent=1, sort_keys=True)
    digest = hashlib.sha256(text.encode()).hexdigest()
    for name, content in ((MANIFEST, text), (MANIFEST_DIGEST, digest + "\n")):
        with (folder / name).open("w", encoding="utf-8") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())


def read_manifest(folder: Path) -> Manifest:
    """Read the table of contents.

    Raises:
        BackupRefused: there is none, it was altered, or this version does not know its format.
    """
    try:
        text = (folder / MANIFEST).read_text(encoding="utf-8")
        digest = (folder / MANIFEST_DIGEST).read_text(encoding="utf-8").strip()
    except (OSError, UnicodeDecodeError) as error:
        raise BackupRefused(f"{folder} holds no finished backup.") from error
    if hashlib.sha256(text.encode()).hexdigest() != digest:
        raise BackupRefused(f"The table of contents in {folder} was altered.")
    told = json.loads(text)
    if told["format"] != FORMAT:
        raise BackupRefused("This backup was made by another version of the portal.")
    tables = {name: Table(**table) for name, table in told.pop("tables").items()}
    sequences = {name: (at, used) for name, (at, used) in told.pop("sequences").items()}
    return Manifest(**told, tables=tables, sequences=sequences)


def file_digest(path: Path) -> str:
    """Return the SHA-256 of a file, read block by block."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def check_files(folder: Path, manifest: Manifest) -> None:
    """Compare every file with the table of contents.

    Raises:
        BackupRefused: naming the first file that is missing or altered.
    """
    for name, digest in sorted(manifest.files.items()):
        path = folder / name
        if not path.is_file():
            raise BackupRefused(f"The backup is not whole: {name} is missing.")
        if file_digest(path) != digest:
            raise BackupRefused(f"The backup is damaged: {name} was altered or cut short.")
