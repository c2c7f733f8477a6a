"""manage.py rederive: do pinned determinations still come out the same?"""

from __future__ import annotations

import json
import sys
from dataclasses import asdict
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from certification.queries.rederivation import Rederivation, rederive_all, rederive_case


class Command(BaseCommand):
    """Derive determinations again from pinned data and rules; exit 1 where one differs."""

    help = "Derive determinations again from their pinned data and say what differs."

    def add_arguments(self, parser: CommandParser) -> None:
        """Add the reference of a case, --all and --json."""
        parser.add_argument("reference", nargs="?", help="of one application or designation")
        parser.add_argument("--all", action="store_true", help="every determination")
        parser.add_argument("--json", action="store_true", help="print one JSON array")

    def handle(self, **options: Any) -> None:  # noqa: ANN401 - Django's signature
        """Derive and print."""
        if bool(options["reference"]) == options["all"]:
            raise CommandError("Name one application, or say --all.")
        found = rederive_all() if options["all"] else rederive_case(options["reference"])
        if not found and not options["all"]:
            raise CommandError(f"There is no determination of {options['reference']}.")
        if options["json"]:
            self.stdout.write(json.dumps([_as_data(one) for one in found]))
        else:
            self._tell(found)
        if not all(one.is_sound for one in found):
            sys.exit(1)

    def _tell(self, found: list[Rederivation]) -> None:
        for one in found:
            words = "equal" if one.equal else f"{len(one.differences)} values differ"
            self.stdout.write(f"{one.reference} determination {one.number}: {words}")
            for difference in one.differences:
                self.stdout.write(
                    f"  {difference.path}: {difference.pinned} -> {difference.derived}"
                )
        names = {f"{broken.kind} {broken.name}" for one in found for broken in one.broken}
        for name in sorted(names):
            self.stdout.write(f"Changed since it was pinned: {name}")


def _as_data(one: Rederivation) -> dict[str, Any]:
    return {
        "reference": one.reference,
        "number": one.number,
        "digest": one.digest,
        "equal": one.equal,
        "differences": [asdict(difference) for difference in one.differences],
        "broken_digests": [asdict(broken) for broken in one.broken],
    }
