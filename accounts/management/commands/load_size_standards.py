"""manage.py load_size_standards: the official table of size standards from a CSV file."""

from __future__ import annotations

import json
from dataclasses import asdict
from datetime import date
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from accounts.actions.load_size_standards import load_size_standards
from accounts.rules.size_table import UnreadableTableError, read_size_table
from kit.refusals import Refused


class Command(BaseCommand):
    """Load a table whole or not at all."""

    help = "Load the table of size standards (13 CFR 121.201) from a CSV file."

    def add_arguments(self, parser: CommandParser) -> None:
        """Add options."""
        parser.add_argument("file", type=Path, help="the table, saved as CSV (UTF-8)")
        parser.add_argument(
            "--from", dest="since", required=True, help="the day it came into force: 2023-03-17"
        )
        parser.add_argument("--citation", default="13 CFR 121.201", help="where it is published")
        parser.add_argument("--json", action="store_true", help="print one JSON object")

    def handle(self, **options: Any) -> None:  # noqa: ANN401 - Django's signature
        """Load and say what changed."""
        try:
            loaded = load_size_standards(
                lines=read_size_table(options["file"].read_text(encoding="utf-8-sig")),
                effective_from=date.fromisoformat(options["since"]),
                citation=options["citation"],
            )
        except Refused as refused:
            raise CommandError(refused.refusal.sentence) from refused
        except UnicodeDecodeError as error:
            raise CommandError("The file is not UTF-8 text. Save it as CSV (UTF-8).") from error
        except OSError as error:
            raise CommandError(f"The file cannot be read: {error.strerror}.") from error
        except (UnreadableTableError, ValueError) as error:
            raise CommandError(str(error)) from error
        if options["json"]:
            self.stdout.write(json.dumps(asdict(loaded)))
        else:
            self.stdout.write(
                f"{loaded.added} added, {loaded.ended} ended, {loaded.unchanged} unchanged."
            )
