"""manage.py load_data: bring real files in."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from kit.refusals import Refused
from mapping.actions.load_files import LoadWish, load_files
from mapping.rules.load_reports import REFUSED, LoadReport
from trail.actors import SYSTEM
from trail.queries.clock import database_now


class Command(BaseCommand):
    """Load files and folders; print one report per file; exit 1 when a file was refused."""

    help = "Load data files and folders, each whole or not at all, and compute the measures."

    def add_arguments(self, parser: CommandParser) -> None:
        """Add paths and options."""
        parser.add_argument("paths", nargs="+", type=Path, metavar="PATH")
        parser.add_argument("--publish", action="store_true", help="publish the measures")
        parser.add_argument("--year", type=int, help="year of a file whose name does not tell it")
        parser.add_argument("--json", action="store_true", help="print one JSON array")

    def handle(self, **options: Any) -> None:  # noqa: ANN401 - Django's signature
        """Load and report."""
        missing = [str(path) for path in options["paths"] if not path.exists()]
        if missing:
            raise CommandError(f"No such file or folder: {', '.join(missing)}")
        wish = LoadWish(
            paths=options["paths"],
            year=options["year"],
            is_published=options["publish"] or settings.IS_DEMO,
        )
        try:
            reports = load_files(
                actor=SYSTEM, at=database_now(), wish=wish, progress=self._show_progress
            )
        except Refused as refused:
            raise CommandError(refused.refusal.sentence) from refused
        if options["json"]:
            self.stdout.write(json.dumps([report.as_json() for report in reports]))
        else:
            for report in reports:
                self.stdout.write(as_text(report))
        if any(report.status == REFUSED for report in reports):
            sys.exit(1)

    def _show_progress(self, done: int, total: int, message: str) -> None:
        self.stderr.write(f"[{done}/{total}] {message}")


def as_text(report: LoadReport) -> str:
    """One file's report in a few lines."""
    year = f", {report.year}" if report.year else ""
    lines = [f"{report.name}{year} ({report.kind or 'unknown'}): {report.status}"]
    if report.rows_read:
        dropped = ", ".join(f"{count:,} {why}" for why, count in report.dropped.items())
        lines.append(
            f"  rows read {report.rows_read:,}, kept {report.rows_kept:,}"
            + (f", left out: {dropped}" if dropped else "")
        )
    lines += [f"  {name.replace('_', ' ')}: {value:,}" for name, value in report.coverage.items()]
    if report.unknown_codes:
        lines.append(f"  unknown codes: {', '.join(report.unknown_codes)}")
    lines += [f"  {note}" for note in report.notes]
    return "\n".join(lines)
