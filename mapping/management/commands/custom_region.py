"""manage.py custom_region: the measures of any union of counties."""

from __future__ import annotations

import json
import re
from dataclasses import asdict
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from kit.refusals import Refused
from mapping.management.commands.measures import add_basis_arguments, choice_of
from mapping.queries.basis import choose_basis
from mapping.queries.custom_regions import DrawnRegion, RegionCluster, drawn_region
from mapping.rules.terms import RegionType


class Command(BaseCommand):
    """Print all clusters of a drawn region."""

    help = "Measures of a union of counties; the union enters no pool and changes no class."

    def add_arguments(self, parser: CommandParser) -> None:
        """Add the contract's flags."""
        parser.add_argument("--fips", required=True, help="county codes, 53033,53053,...")
        add_basis_arguments(parser)
        parser.add_argument("--json", action="store_true", help="print one JSON object")

    def handle(self, **options: Any) -> None:  # noqa: ANN401 - Django's signature
        """Measure and print."""
        fips = [code for code in re.split(r"[,\s]+", options["fips"]) if code]
        try:
            basis = choose_basis(choice_of(options, RegionType.ECONOMIC_AREA))
            region = drawn_region(basis, fips)
        except Refused as refused:
            raise CommandError(refused.refusal.sentence) from refused
        if options["json"]:
            named = {
                "definition_set": basis.definition_set.code,
                "year": basis.year,
                "release": basis.release.reference,
                "basis": basis.reference,
                "is_synthetic": basis.is_synthetic,
            }
            self.stdout.write(json.dumps(named | as_json(region)))
        else:
            for row in region.clusters:
                self.stdout.write(
                    f"{row.cluster.name}: {row.employment:,} jobs, LQ {row.lq:.2f} "
                    f"({row.lq_low:.2f} to {row.lq_high:.2f})"
                )


def as_json(region: DrawnRegion) -> dict[str, Any]:
    """Plain values; clusters by code and name."""
    values = asdict(region)
    values["fips"] = list(region.fips)
    values["band"] = region.band.value
    values["clusters"] = [_cluster(row) for row in region.clusters]
    return values


def _cluster(row: RegionCluster) -> dict[str, Any]:
    values = asdict(row)
    del values["cluster"]
    return {
        "cluster_code": row.cluster.code,
        "cluster": row.cluster.name,
        "kind": row.cluster.kind.value,
        "base": row.cluster.base.value,
    } | values
