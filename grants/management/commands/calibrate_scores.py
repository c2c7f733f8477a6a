"""manage.py calibrate_scores: what a file of scores means."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from grants.queries.score_files import read_scores
from grants.rules.scoring.calibration import Calibration, Method, calibrate
from grants.rules.scoring.ranks import Ranks, rank_chances
from grants.rules.scoring.reviews import Panel, panel_of
from kit.refusals import Refused


class Command(BaseCommand):
    """Calibrate a CSV of proposal, reviewer, score."""

    help = "Score proposals under one rule, with standard errors and the chance of an award."

    def add_arguments(self, parser: CommandParser) -> None:
        """Add the file, the rule, the line, the seed and --json."""
        parser.add_argument("--scores", required=True, metavar="FILE.csv", type=Path)
        parser.add_argument("--method", choices=[*Method], default=Method.REML.value)
        parser.add_argument("--awards", type=int, help="how many are above the line")
        parser.add_argument("--seed", type=int, default=0, help="of the draws behind chances")
        parser.add_argument("--json", action="store_true", help="print one JSON object")

    def handle(self, **options: Any) -> None:  # noqa: ANN401 - Django's signature
        """Calibrate and print."""
        try:
            panel = panel_of(read_scores(options["scores"]))
            found = calibrate(panel, Method(options["method"]))
            ranks = (
                rank_chances(found, options["awards"], seed=options["seed"])
                if options["awards"] is not None
                else None
            )
        except Refused as refused:
            raise CommandError(refused.refusal.sentence) from refused
        said = _as_data(panel, found, ranks)
        if options["json"]:
            self.stdout.write(json.dumps(said))
        else:
            self._tell(said)

    def _tell(self, said: dict[str, Any]) -> None:
        words = "adjusted for leniency" if said["adjusted"] else "raw means"
        self.stdout.write(f"{said['method']}: {words}")
        for row in sorted(said["proposals"], key=lambda row: -row["calibrated"]):
            error = "" if row["se"] is None else f"  +- {row['se']:.3f}"
            self.stdout.write(f"{row['proposal']}: {row['calibrated']:.4f}{error}")


def _as_data(panel: Panel, found: Calibration, ranks: Ranks | None) -> dict[str, Any]:
    return {
        "method": found.method,
        "adjusted": found.is_adjusted,
        "gate": {"likelihood_ratio": found.likelihood_ratio, "adjusted": found.is_adjusted},
        "variances": {
            "noise": _number(found.noise),
            "reviewers": found.between_reviewers,
            "proposals": ranks.spread if ranks else None,
        },
        "proposals": [
            {
                "proposal": name,
                "raw": float(found.raw[place]),
                "calibrated": float(found.scores[place]),
                "se": _number(float(found.errors[place])),
                "probability": float(ranks.above[place]) if ranks else None,
                "expected_rank": float(ranks.expected[place]) if ranks else None,
            }
            for place, name in enumerate(panel.proposals)
        ],
        "reviewers": [
            {
                "reviewer": name,
                "effect": float(found.leniency[place]),
                "shrinkage": float(found.shrinkage[place]),
            }
            for place, name in enumerate(panel.reviewers)
        ],
    }


def _number(value: float) -> float | None:
    """JSON knows no NaN."""
    return value if value == value else None  # noqa: PLR0124 - NaN alone differs from itself
