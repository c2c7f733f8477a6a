"""manage.py dispose: destroy what the records schedule no longer keeps."""

from __future__ import annotations

import json
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from trail.actions.dispose_case import dispose_case
from trail.actors import SYSTEM
from trail.queries.clock import database_now
from trail.queries.retention import cases_to_dispose_of


class Command(BaseCommand):
    """List the cases past their time, or dispose of them one by one."""

    help = "Erase personal data and papers of cases past retention; a certificate stays."

    def add_arguments(self, parser: CommandParser) -> None:
        """Ask for a clear wish: look, or do."""
        wish = parser.add_mutually_exclusive_group(required=True)
        wish.add_argument("--dry-run", action="store_true", help="only list them")
        wish.add_argument("--yes", action="store_true", help="dispose of them for good")
        parser.add_argument("--json", action="store_true", help="print one JSON array")

    def handle(self, **options: Any) -> None:  # noqa: ANN401 - Django's signature
        """List or dispose; each case is a transaction of its own."""
        if options["dry_run"] == options["yes"]:
            raise CommandError("Say --dry-run or --yes.")
        at = database_now()
        rows = []
        for case, keeping in list(cases_to_dispose_of(at.date())):
            row: dict[str, Any] = {
                "case": case.reference,
                "kind": case.kind,
                "class": keeping.standing.retention.value,
                "kept_until": str(keeping.until),
            }
            if options["yes"]:
                done = dispose_case(actor=SYSTEM, at=at, case=case, today=at.date())
                row["erased"] = done.erased
            rows.append(row)
        self._say(rows, is_done=options["yes"], as_json=options["json"])

    def _say(self, rows: list[dict[str, Any]], *, is_done: bool, as_json: bool) -> None:
        if as_json:
            self.stdout.write(json.dumps(rows))
            return
        for row in rows:
            self.stdout.write("{case}  {class}  kept until {kept_until}".format(**row))
        verb = "were disposed of" if is_done else "are past their time; nothing was changed"
        self.stdout.write(f"{len(rows)} cases {verb}.")
