"""manage.py reliability: how far a file of scores can be trusted."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
from django.core.management.base import BaseCommand, CommandError, CommandParser

from grants.queries.score_files import read_scores
from grants.rules.scoring.agreement import Level, krippendorff_alpha
from grants.rules.scoring.calibration import calibrate
from grants.rules.scoring.ranks import rank_chances
from grants.rules.scoring.reliability import intraclass, mean_reliability, single_reliability
from grants.rules.scoring.reviews import Panel, panel_of
from kit.refusals import Refused


class Command(BaseCommand):
    """Krippendorff's alpha, intraclass correlations and the variance components' reliability."""

    help = "Say how reliable a file of scores is."

    def add_arguments(self, parser: CommandParser) -> None:
        """Add the file and --json."""
        parser.add_argument("--scores", required=True, metavar="FILE.csv", type=Path)
        parser.add_argument("--json", action="store_true", help="print one JSON object")

    def handle(self, **options: Any) -> None:  # noqa: ANN401 - Django's signature
        """Measure and print."""
        try:
            panel = panel_of(read_scores(options["scores"]))
        except Refused as refused:
            raise CommandError(refused.refusal.sentence) from refused
        said = {
            "alpha": _alphas(panel),
            "intraclass": _intraclass(panel),
            "components": _components(panel),
        }
        if options["json"]:
            self.stdout.write(json.dumps(said))
            return
        for name, values in said.items():
            self.stdout.write(f"{name}: {values or 'cannot be told from these scores'}")


def _alphas(panel: Panel) -> dict[str, float | None]:
    table = np.where(panel.given, panel.values, np.nan)
    found = {level.value: krippendorff_alpha(table, level) for level in Level}
    return {name: None if np.isnan(value) else value for name, value in found.items()}


def _intraclass(panel: Panel) -> dict[str, float] | None:
    """Only where every reviewer scored every proposal."""
    if not panel.given.all() or min(panel.values.shape) < 2:
        return None
    found = intraclass(panel.values)
    return {
        "icc_1_1": found.one_random,
        "icc_2_1": found.two_random,
        "icc_3_1": found.two_fixed,
        "icc_1_k": found.mean_one_random,
        "icc_2_k": found.mean_two_random,
        "icc_3_k": found.mean_two_fixed,
    }


def _components(panel: Panel) -> dict[str, float] | None:
    try:
        calibration = calibrate(panel)
        spread = rank_chances(calibration, 0, seed=0).spread
    except Refused:
        return None
    single = single_reliability(spread, calibration)
    reviews = round(panel.reviews / len(panel.proposals))
    return {"single": single, "reviews": reviews, "mean": mean_reliability(single, reviews)}
