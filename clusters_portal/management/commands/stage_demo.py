"""manage.py stage_demo: build the demo world through the acts that people use."""

from __future__ import annotations

import json
from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandParser

from certification.models import Application, ClusterGroup
from clusters_portal.demo.stage import stage
from mapping.models import BasisSwitch
from trail.queries.clock import database_now


class Command(BaseCommand):
    """Load the sample economy where no data are, then stage groups at every stage."""

    help = "Build the demo world (demo settings only); building it again changes nothing."

    def add_arguments(self, parser: CommandParser) -> None:
        """Add --json."""
        parser.add_argument("--json", action="store_true", help="print one JSON object")
        parser.add_argument("--first", type=int, help="only so many groups, to open soon")

    def handle(self, **options: Any) -> None:  # noqa: ANN401 - Django's signature
        """Build and report."""
        if not BasisSwitch.objects.exists():
            call_command("load_sample", stdout=self.stderr)
        staged = stage(database_now(), options["first"])
        report = {
            "staged": len(staged),
            "groups": ClusterGroup.objects.count(),
            "applications": Application.objects.count(),
        }
        if options["json"]:
            self.stdout.write(json.dumps(report))
        else:
            self.stdout.write(
                f"The demo world has {report['groups']} groups and "
                f"{report['applications']} applications."
            )
