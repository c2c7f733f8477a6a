"""manage.py backup: everything the portal must not lose, in one folder."""

from __future__ import annotations

import json
import time
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import DatabaseError

from clusters_portal.backup.making import make_backup, remove_attempt
from clusters_portal.backup.manifest import BackupRefused


class Command(BaseCommand):
    """Back up while everything runs; the table of contents is written last."""

    help = "Back up database, papers and the journal of seals into an empty folder."

    def add_arguments(self, parser: CommandParser) -> None:
        """Add the folder."""
        parser.add_argument("folder", type=Path)
        parser.add_argument("--json", action="store_true", help="print one JSON object")

    def handle(self, **options: Any) -> None:  # noqa: ANN401 - Django's signature
        """Back up and report."""
        folder, begun = options["folder"].resolve(), time.monotonic()
        try:
            manifest = make_backup(folder)
        except BackupRefused as refusal:
            raise CommandError(str(refusal)) from refusal
        except (OSError, DatabaseError) as error:
            remove_attempt(folder)
            raise CommandError(f"The backup was not finished and is removed: {error}") from error
        report = {
            "folder": str(folder),
            "made_at": manifest.made_at,
            "tables": len(manifest.tables),
            "rows": manifest.rows,
            "papers": sum(name.startswith("documents/") for name in manifest.files),
            "seconds": round(time.monotonic() - begun, 1),
        }
        if options["json"]:
            self.stdout.write(json.dumps(report))
            return
        self.stdout.write(
            "Backed up {rows} rows of {tables} tables and {papers} papers as of {made_at}"
            " in {seconds} s: {folder}".format(**report)
        )
