"""manage.py verify_ledger: are both ledgers true, and every SF-425 that was made from them?"""

from __future__ import annotations

import json
import sys
from dataclasses import asdict
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from grants.queries.ledger_verification import verify_ledger


class Command(BaseCommand):
    """Fold both ledgers, make every locked form again; exit 1 and name what is broken."""

    help = "Fold both ledgers from their first row, and make every locked SF-425 again."

    def add_arguments(self, parser: CommandParser) -> None:
        """Add --json."""
        parser.add_argument("--json", action="store_true", help="print one JSON object")

    def handle(self, **options: Any) -> None:  # noqa: ANN401 - Django's signature
        """Verify and print."""
        report = verify_ledger()
        if options["json"]:
            self.stdout.write(json.dumps(asdict(report)))
        elif report.ok:
            self.stdout.write(
                f"Both ledgers are true: {report.checked} entries folded, "
                f"{report.statements} financial reports made again."
            )
        else:
            self.stdout.write(f"Broken at {report.first_broken}: {report.reason}")
            for one in report.differing[1:]:
                self.stdout.write(one)
        if not report.ok:
            sys.exit(1)
