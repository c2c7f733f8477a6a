"""manage.py restore: a backup back into an empty database, row for row."""

from __future__ import annotations

import json
import time
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import DatabaseError, connection

from clusters_portal.backup.manifest import JOURNAL, BackupRefused, Manifest
from clusters_portal.backup.restoring import (
    checked_manifest,
    refuse_taken,
    restore_database,
    restore_papers,
)
from clusters_portal.management.commands.grant_web_role import WEB_ROLE
from clusters_portal.settings.base import database_from_url
from trail.queries.verification import verify_trail


class Command(BaseCommand):
    """Restore as the owner; refuses a database that holds anything."""

    help = "Restore a backup into an empty database and compare every table, row for row."

    def add_arguments(self, parser: CommandParser) -> None:
        """Add the folder and where to."""
        parser.add_argument("folder", type=Path)
        parser.add_argument("--into", metavar="URL", help="another database than the settings'")
        parser.add_argument("--state", type=Path, help="where papers and the journal go")
        parser.add_argument("--check", action="store_true", help="only compare the files")
        parser.add_argument("--json", action="store_true", help="print one JSON object")

    def handle(self, **options: Any) -> None:  # noqa: ANN401 - Django's signature
        """Restore and report."""
        begun, folder = time.monotonic(), options["folder"].resolve()
        try:
            manifest = checked_manifest(folder)
            report: dict[str, Any] = {"rows": manifest.rows, "tables": len(manifest.tables)}
            if not options["check"]:
                report |= _restore(folder, manifest, options)
        except BackupRefused as refusal:
            raise CommandError(str(refusal)) from refusal
        except (OSError, DatabaseError) as error:
            raise CommandError(f"The backup was not restored: {error}") from error
        report["seconds"] = round(time.monotonic() - begun, 1)
        self._say(report, folder, is_check=options["check"], as_json=options["json"])
        if report.get("trail", "whole") != "whole":
            raise CommandError(f"The restored trail is broken: {report['trail']}")

    def _say(self, report: dict[str, Any], folder: Path, *, is_check: bool, as_json: bool) -> None:
        if as_json:
            self.stdout.write(json.dumps(report))
        elif is_check:
            self.stdout.write(
                f"The backup in {folder} is whole: {report['rows']} rows"
                f" of {report['tables']} tables."
            )
        else:
            self.stdout.write(
                "Restored {rows} rows of {tables} tables, row for row equal; {papers} papers;"
                " the trail: {trail}; {seconds} s".format(**report)
            )


def _restore(folder: Path, manifest: Manifest, options: dict[str, Any]) -> dict[str, Any]:
    if options["into"]:
        connection.close()
        connection.settings_dict.update(database_from_url(options["into"]))
    # Another database beside a running portal leaves that portal's own papers alone.
    state = options["state"] or (None if options["into"] else _state())
    if state:
        refuse_taken(state)
    restore_database(folder, manifest)
    papers = restore_papers(folder, manifest, state) if state else 0
    _grant()
    trail = verify_trail((state or folder) / JOURNAL)
    said = "whole" if trail.ok else f"{trail.first_broken}, {trail.reason}"
    return {"papers": papers, "trail": said, "equal": True}


def _state() -> Path:
    return Path(settings.SEAL_JOURNAL).parent


def _grant() -> None:
    """Give the web role its rights where this server knows that login."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pg_roles WHERE rolname = %s", [WEB_ROLE])
        if cursor.fetchone() == (1,):
            call_command("grant_web_role", verbosity=0)
