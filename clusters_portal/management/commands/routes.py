"""manage.py routes: every door and its gate."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from clusters_portal.web.routes import all_routes


class Command(BaseCommand):
    """Print name, path, methods and gate of every route."""

    help = "List every route with its gate."

    def add_arguments(self, parser: CommandParser) -> None:
        """Add --json."""
        parser.add_argument("--json", action="store_true", help="print one JSON array")

    def handle(self, **options: Any) -> None:  # noqa: ANN401 - Django's signature
        """Print."""
        routes = all_routes()
        if options["json"]:
            self.stdout.write(json.dumps([asdict(route) for route in routes]))
            return
        for route in routes:
            self.stdout.write(f"{route.gate or 'NO GATE':<32} {route.path:<60} {route.name}")
