"""manage.py verify_certificate FILE: whether a certificate is genuine and in force."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from certification.queries.certificates import check_file
from certification.rules.certificates import LARGEST_FILE
from trail.queries.clock import database_now


class Command(BaseCommand):
    """Check the signature of a certificate, PDF or JSON, and how its designation stands."""

    help = "Says whether a certificate (PDF or signed JSON) is genuine, and in force."

    def add_arguments(self, parser: CommandParser) -> None:
        """Add the contract's arguments."""
        parser.add_argument("file", metavar="FILE")
        parser.add_argument("--json", action="store_true", dest="as_json")

    def handle(self, **options: Any) -> None:  # noqa: ANN401 - Django's signature
        """Print the answer; exit 1 unless the file is genuine."""
        path = Path(options["file"])
        try:
            data = path.read_bytes() if path.stat().st_size <= LARGEST_FILE else b""
        except OSError as error:
            raise CommandError(f"{path}: {error.strerror}") from error
        checked = check_file(data, database_now())
        told = checked.as_json()
        since = f" (since {told['since']})" if told["since"] else ""
        self.stdout.write(json.dumps(told) if options["as_json"] else f"{checked.title}{since}")
        if not checked.is_genuine:
            raise SystemExit(1)
