"""manage.py load_sample: the sample economy for a portal without data."""

from __future__ import annotations

import json
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from kit.refusals import Refused
from mapping.actions.load_sample import load_sample
from trail.actors import SYSTEM
from trail.queries.clock import database_now


class Command(BaseCommand):
    """Load the sample economy once; refuse beside real data."""

    help = "Load the sample economy (invented figures over real counties)."

    def add_arguments(self, parser: CommandParser) -> None:
        """Add options."""
        parser.add_argument("--json", action="store_true", help="print one JSON object")

    def handle(self, **options: Any) -> None:  # noqa: ANN401 - Django's signature
        """Load and say what was loaded."""
        try:
            basis = load_sample(actor=SYSTEM, at=database_now())
        except Refused as refused:
            raise CommandError(refused.refusal.sentence) from refused
        if options["json"]:
            facts = {"basis": basis.reference, "digest": basis.digest, "synthetic": True}
            self.stdout.write(json.dumps(facts))
        else:
            self.stdout.write(
                f"Sample economy: {basis} ({basis.reference}), marked as sample data."
            )
