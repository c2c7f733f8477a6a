"""`python -m drills.tamper JOURNAL`: every planted tampering on the database of the settings."""

from __future__ import annotations

import json
import sys
from dataclasses import asdict
from pathlib import Path

import django


def main(journal: Path) -> list[dict[str, object]]:
    """Try them all; nothing of it stays."""
    from drills.tampering_catalogue import CATALOGUE  # noqa: PLC0415 - after Django's set-up
    from drills.tamperings import try_tampering  # noqa: PLC0415 - the same

    outcomes = [try_tampering(tampering, journal) for tampering in CATALOGUE]
    return [{**asdict(outcome), "is_found": outcome.is_found} for outcome in outcomes]


if __name__ == "__main__":
    django.setup()
    print(json.dumps(main(Path(sys.argv[1]))))
