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
from mapping.queries.pages_releases import LOAD_DATA
from mapping.rules.load_reports import REFUSED, LoadReport
from trail.actions.run_job import move_job, report_progress, show_work
from trail.actors import SYSTEM
from trail.models import Job
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
        self.job: Job | None = None
        try:
            reports = load_files(
                actor=SYSTEM, at=database_now(), wish=wish, progress=self._show_progress
            )
        except Refused as refused:
            raise CommandError(refused.refusal.sentence) from refused
        except BaseException:
            self._end_work("fail", "It was cut off before its end. Whole files stay loaded.")
            raise
        refused_files = sum(report.status == REFUSED for report in reports)
        self._end_work("finish", f"Read to the end; {refused_files} files were refused.")
        if options["json"]:
            self.stdout.write(json.dumps([report.as_json() for report in reports]))
        else:
            for report in reports:
                self.stdout.write(as_text(report))
        if any(report.status == REFUSED for report in reports):
            sys.exit(1)

    def _show_progress(self, done: int, total: int, message: str) -> None:
        """Say it here, and on the officers' page of data releases."""
        self.stderr.write(f"[{done}/{total}] {message}")
        if self.job is None:  # the first word comes when no other load is under way
            self.job = show_work(
                actor=SYSTEM, at=database_now(), kind=LOAD_DATA, title="Load data files"
            )
        report_progress(self.job, done=min(done, total), total=total, message=message)

    def _end_work(self, verb: str, message: str) -> None:
        if self.job is not None:
            self.job.refresh_from_db()
            move_job(self.job, verb, message=message)


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
        jobs = report.jobs_of_unknown_codes
        texts = (f"{c} ({jobs[c]:,} jobs)" if c in jobs else c for c in report.unknown_codes)
        lines.append(f"  unknown codes: {', '.join(texts)}")
    if report.lost_employment:
        lines.append(f"  jobs in cells that were left out: {report.lost_employment:,}")
    lines += [f"  {note}" for note in report.notes]
    return "\n".join(lines)
