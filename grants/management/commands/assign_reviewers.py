"""manage.py assign_reviewers: solve an assignment given as matrices; anybody can compare."""

from __future__ import annotations

import json
import sys
import time
import zipfile
from pathlib import Path
from typing import Any

import numpy as np
from django.core.management.base import BaseCommand, CommandError, CommandParser

from grants.rules.assignment.problem import Load, Problem
from grants.rules.assignment.shortage import Shortage
from grants.rules.assignment.solve import Assignment, assign
from kit.refusals import Refused

KEPT_COSTS = 50


class Command(BaseCommand):
    """Read S (affinities) and C (conflicts), print who reviews what and how good that is."""

    help = "Assign reviewers to proposals under conflicts and loads, worst-off proposal first."

    def add_arguments(self, parser: CommandParser) -> None:
        """Add the file, reviews, load, seed and --json."""
        parser.add_argument("--affinity", required=True, metavar="FILE.npz", type=Path)
        parser.add_argument("--reviews", required=True, type=int, help="reviewers per proposal")
        parser.add_argument("--load", required=True, metavar="LO-HI", help="proposals per reviewer")
        parser.add_argument("--seed", type=int, default=0, help="breaks ties")
        parser.add_argument("--json", action="store_true", help="print one JSON object")

    def handle(self, **options: Any) -> None:  # noqa: ANN401 - Django's signature
        """Solve and print; exit 1 where there is no assignment."""
        try:
            problem = _problem(options)
        except Refused as refused:
            raise CommandError(refused.refusal.sentence) from refused
        began = time.perf_counter()
        found = assign(problem, seed=options["seed"])
        said = {**_as_data(found), "seconds": round(time.perf_counter() - began, 3)}
        if options["json"]:
            self.stdout.write(json.dumps(said))
        else:
            self._tell(said)
        if isinstance(found, Shortage):
            sys.exit(1)

    def _tell(self, said: dict[str, Any]) -> None:
        for name, value in said.items():
            if name != "assignment":
                self.stdout.write(f"{name}: {value}")
        for proposal, reviewer in said.get("assignment", ()):
            self.stdout.write(f"{proposal} {reviewer}")


def _problem(options: dict[str, Any]) -> Problem:
    low, dash, high = options["load"].partition("-")
    if not (dash and low.isascii() and low.isdigit() and high.isascii() and high.isdigit()):
        raise CommandError("Write the load as LOW-HIGH, for example 6-10.")
    affinity, forbidden = _matrices(options["affinity"])
    return Problem(affinity, forbidden, options["reviews"], Load(int(low), int(high)))


def _matrices(path: Path) -> tuple[np.ndarray[Any, Any], np.ndarray[Any, Any]]:
    try:
        with np.load(path, allow_pickle=False) as held:
            affinity = np.asarray(held["S"], dtype=np.float64)
            forbidden = np.asarray(held["C"] if "C" in held else np.zeros(affinity.shape))
    except (OSError, ValueError, zipfile.BadZipFile) as error:
        raise CommandError(f"{path} cannot be read as an .npz file of numbers.") from error
    except KeyError as error:
        raise CommandError(f"{path} holds no matrix S of affinities.") from error
    return affinity, forbidden.astype(np.bool_)


def _as_data(found: Assignment | Shortage) -> dict[str, Any]:
    if isinstance(found, Shortage):
        return {
            "assignment": None,
            "too_few": found.too_few,
            "missing": found.missing,
            "load_needed": found.load_needed,
            "low_possible": found.low_possible,
            "sentences": found.sentences,
        }
    return {
        "assignment": found.pairs,
        "total": found.total,
        "worst": found.worst,
        "bound": found.bound,
        "gap": found.gap,
        "worst_bound": found.worst_bound,
        "free_total": found.free_total,
        "proved": found.is_proved,
        "loads": found.loads,
        "conflict_costs": found.conflict_costs[:KEPT_COSTS],
    }
