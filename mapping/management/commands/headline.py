"""manage.py headline: how specialized the regions of a type are on average."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from kit.refusals import Refused
from mapping.management.commands.measures import STORED_TYPES, add_basis_arguments, choice_of
from mapping.queries.basis import choose_basis
from mapping.queries.measure_tables import headline
from mapping.rules.terms import RegionType


class Command(BaseCommand):
    """Print the paper's two headline figures."""

    help = "Mean number of clusters with LQ >= 1.5, mean share of traded jobs in the top five."

    def add_arguments(self, parser: CommandParser) -> None:
        """Add the contract's flags."""
        parser.add_argument("--region-type", choices=STORED_TYPES, required=True)
        add_basis_arguments(parser)
        parser.add_argument("--json", action="store_true", help="print one JSON object")

    def handle(self, **options: Any) -> None:  # noqa: ANN401 - Django's signature
        """Compute and print."""
        region_type = RegionType(options["region_type"])
        try:
            basis = choose_basis(choice_of(options, region_type))
        except Refused as refused:
            raise CommandError(refused.refusal.sentence) from refused
        found = headline(basis, region_type)
        if options["json"]:
            named = {
                "region_type": region_type.value,
                "definition_set": basis.definition_set.code,
                "year": basis.year,
                "imputation": basis.imputation,
                "release": basis.release.reference,
                "basis": basis.reference,
                "is_synthetic": basis.is_synthetic,
            }
            self.stdout.write(json.dumps(asdict(found) | named))
        else:
            self.stdout.write(
                f"{found.regions} regions, {found.clusters} traded clusters: on average "
                f"{found.mean_clusters_lq_1_5:.2f} clusters have LQ 1.5 or more, and the top five "
                f"hold {found.mean_share_of_top_five:.1%} of traded jobs "
                f"(withheld cells: {basis.imputation})."
            )
