"""manage.py verify_trail: is the trail whole?"""

from __future__ import annotations

import json
import sys
from dataclasses import asdict
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from trail.queries.verification import verify_trail


class Command(BaseCommand):
    """Print whether every hash, chain and seal holds; exit 1 and name the first broken row."""

    help = "Re-derive every hash of the trail and name the first broken row."

    def add_arguments(self, parser: CommandParser) -> None:
        """Add --json."""
        parser.add_argument("--json", action="store_true", help="print one JSON object")

    def handle(self, **options: Any) -> None:  # noqa: ANN401 - Django's signature
        """Verify and print."""
        report = verify_trail()
        if options["json"]:
            self.stdout.write(json.dumps(asdict(report)))
        elif report.ok:
            self.stdout.write(f"The trail is whole: {report.checked} rows checked.")
        else:
            self.stdout.write(f"Broken at {report.first_broken}: {report.reason}.")
        if not report.ok:
            sys.exit(1)
