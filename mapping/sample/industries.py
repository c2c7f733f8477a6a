"""The starter set: clusters, their NAICS codes, and the invented size of each industry."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from pathlib import Path

STARTER_SHEET = Path(__file__).with_name("starter_industries.csv")
# The county files of the Census Bureau say nothing about farms, main railways, the post, pension
# and trust funds, private households and government; the sample's files are silent there too.
NOT_COVERED = (
    "111", "112", "482", "491", "5251", "525920", "814", "92",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class StarterIndustry:
    """One industry of the starter set.

    Attributes:
        cluster_code: Code of its cluster.
        cluster: Name of its cluster.
        kind: traded, local or resource.
        sub_cluster_code: Code of its part of the cluster.
        sub_cluster: Name of that part.
        code: Six-digit NAICS 2017 code.
        title: Short title written for this set.
        jobs: Invented national jobs.
        jobs_per_place: Invented mean size of an establishment.
    """

    cluster_code: str
    cluster: str
    kind: str
    sub_cluster_code: str
    sub_cluster: str
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
                sub_cluster_code=row["sub_cluster_code"],
                sub_cluster=row["sub_cluster"],
                code=row["naics2017"],
                title=row["title"],
                jobs=float(row["jobs_thousand"]) * 1000,
                jobs_per_place=float(row["jobs_per_place"]),
            )
            for row in csv.DictReader(file)
        )


def covered_industries() -> tuple[StarterIndustry, ...]:
    """Return the industries that county files cover."""
    return tuple(
        industry for industry in starter_industries() if not industry.code.startswith(NOT_COVERED)
    )
