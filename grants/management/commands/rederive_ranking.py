"""manage.py rederive_ranking: the same ranking and draw again from what was pinned."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from grants.models import PinnedRanking
from grants.queries.rederived_rankings import rederive


class Command(BaseCommand):
    """Rank and draw again, and say what differs."""

    help = "Derive pinned rankings and draws again from their inputs; differences end with 1."

    def add_arguments(self, parser: CommandParser) -> None:
        """Add the competition, --all and --json."""
        parser.add_argument("competition", nargs="?", help="reference of a competition")
        parser.add_argument("--all", action="store_true", help="every pinned ranking")
        parser.add_argument("--json", action="store_true", help="print one JSON object a line")

    def handle(self, **options: Any) -> None:  # noqa: ANN401 - Django's signature
        """Derive and print."""
        rows = PinnedRanking.objects.order_by("pk")
        if not options["all"]:
            rows = rows.filter(competition__case__reference=options["competition"] or "")
            if not rows.exists():
                raise CommandError("Name a competition whose ranking is pinned, or say --all.")
        found = [rederive(row) for row in rows]
        for one in found:
            words = f"differs: {', '.join(one.differs)}" if one.differs else "equal"
            said = json.dumps(asdict(one)) if options["json"] else f"{one.competition}: {words}"
            self.stdout.write(said)
        if any(one.differs for one in found):
            raise CommandError("What was kept does not come out again.")
