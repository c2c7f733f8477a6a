"""The starter set: clusters, their NAICS codes, and the invented size of each industry."""

from __future__ import annotations

import csv
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

STARTER_SHEET = Path(__file__).with_name("starter_industries.csv")


@dataclass(frozen=True, slots=True)
class StarterIndustry:
    """One industry of the starter set.

    Attributes:
        cluster_code: Code of its cluster.
        cluster: Name of its cluster.
        kind: traded, local or resource.
        code: Six-digit NAICS 2017 code.
        title: Short title written for this set.
        jobs: Invented national jobs.
        jobs_per_place: Invented mean size of an establishment.
    """

    cluster_code: str
    cluster: str
    kind: str
    code: str
    title: str
    jobs: float
    jobs_per_place: float


def starter_industries() -> tuple[StarterIndustry, ...]:
    """Read the bundled sheet, in its order."""
    with STARTER_SHEET.open(encoding="utf-8", newline="") as file:
        return tuple(
            StarterIndustry(
                cluster_code=row["cluster_code"],
                cluster=row["cluster"],
                kind=row["kind"],
                code=row["naics2017"],
                title=row["title"],
                jobs=float(row["jobs_thousand"]) * 1000,
                jobs_per_place=float(row["jobs_per_place"]),
            )
            for row in csv.DictReader(file)
        )


def parent_codes(industries: Iterable[StarterIndustry]) -> tuple[str, ...]:
    """Return the four-digit groups, ascending."""
    return tuple(sorted({industry.code[:4] for industry in industries}))
