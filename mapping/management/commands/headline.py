"""manage.py headline: how specialized the regions of a type are on average."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from kit.refusals import Refused
from mapping.management.commands.measures import STORED_TYPES, add_basis_arguments, chosen_basis
from mapping.models import Basis
from mapping.queries.measure_tables import headline
from mapping.queries.traded_tests import traded_tests
from mapping.rules.terms import RegionType


def _tests(basis: Basis, region_type: RegionType) -> dict[str, Any]:
    """Porter's criteria by cluster, with where the data and the definition set disagree."""
    tested = traded_tests(basis, region_type)
    return {
        "traded_test": [
            {"cluster_code": one.code, "kind": one.kind.value, "agrees": one.agrees}
            | asdict(one.test)
            for one in tested
        ],
        "traded_test_disagrees": [one.code for one in tested if not one.agrees],
    }


class Command(BaseCommand):
    """Print the paper's two headline figures."""

    help = "Mean number of clusters with LQ >= 1.5, mean share of traded jobs in the top five."

    def add_arguments(self, parser: CommandParser) -> None:
        """Add the contract's flags."""
        parser.add_argument("--region-type", choices=STORED_TYPES, required=True)
        add_basis_arguments(parser)
        parser.add_argument(
            "--traded-test",
            action="store_true",
            help="also test by Porter's criteria which clusters are traded (JSON)",
        )
        parser.add_argument("--json", action="store_true", help="print one JSON object")

    def handle(self, **options: Any) -> None:  # noqa: ANN401 - Django's signature
        """Compute and print."""
        region_type = RegionType(options["region_type"])
        try:
            basis = chosen_basis(options, region_type)
        except Refused as refused:
            raise CommandError(refused.refusal.sentence) from refused
        found = headline(basis, region_type)
        if options["json"] or options["traded_test"]:
            named = {
                "region_type": region_type.value,
                "definition_set": basis.definition_set.code,
                "year": basis.year,
                "imputation": basis.imputation,
                "release": basis.release.reference,
                "basis": basis.reference,
                "is_synthetic": basis.is_synthetic,
            }
            tests = _tests(basis, region_type) if options["traded_test"] else {}
            self.stdout.write(json.dumps(asdict(found) | named | tests))
        else:
            self.stdout.write(
                f"{found.regions} regions, {found.clusters} traded clusters: on average "
                f"{found.mean_clusters_lq_1_5:.2f} clusters have LQ 1.5 or more, and the top five "
                f"hold {found.mean_share_of_top_five:.1%} of traded jobs "
                f"(withheld cells: {basis.imputation})."
            )
