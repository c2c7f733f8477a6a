"""manage.py measures: the measures of all regions of a type as CSV."""

from __future__ import annotations

import csv
from dataclasses import replace
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from kit.refusals import Refused
from mapping.actions.make_reading import make_hierarchical
from mapping.models import Basis
from mapping.queries.basis import BasisChoice, choose_basis
from mapping.queries.measure_tables import TableWish, measure_table
from mapping.rules.terms import Base, Imputation, RegionType
from trail.actors import SYSTEM
from trail.queries.clock import database_now

STORED_TYPES = [kind.value for kind in RegionType if kind is not RegionType.NATION]


def add_basis_arguments(parser: CommandParser) -> None:
    """The flags that choose a Basis, alike in all commands."""
    parser.add_argument("--definition-set", required=True, metavar="CODE")
    parser.add_argument("--year", type=int, required=True)
    parser.add_argument("--release", metavar="REF", help="where a year has several releases")
    parser.add_argument(
        "--imputation",
        choices=[item.value for item in Imputation],
        help="how withheld cells are read (default: at the midpoint of their size class)",
    )


def chosen_basis(options: dict[str, Any], region_type: RegionType) -> Basis:
    """The Basis that the flags ask for; the hierarchical reading is made where it is not there."""
    choice = choice_of(options, region_type)
    if choice.imputation is not Imputation.HIERARCHICAL:
        return choose_basis(choice)
    plain = choose_basis(replace(choice, imputation=Imputation.PUBLISHED))
    return make_hierarchical(actor=SYSTEM, at=database_now(), basis=plain)[0]


def choice_of(options: dict[str, Any], region_type: RegionType) -> BasisChoice:
    """What the flags ask for."""
    wish = options["imputation"]
    return BasisChoice(
        definition_set=options["definition_set"],
        year=options["year"],
        region_type=region_type,
        release=options["release"],
        imputation=Imputation(wish) if wish else None,
    )


class Command(BaseCommand):
    """Print one row per region and cluster."""

    help = "Employment, establishments, payroll, LQ with bounds and classes, as CSV."

    def add_arguments(self, parser: CommandParser) -> None:
        """Add the contract's flags."""
        parser.add_argument("--region-type", choices=STORED_TYPES, required=True)
        add_basis_arguments(parser)
        parser.add_argument(
            "--denominator",
            choices=[Base.TRADED.value, Base.TOTAL.value],
            default=Base.TRADED.value,
            help="traded: each cluster over its own base; total: over all employment",
        )
        parser.add_argument(
            "--details",
            action="store_true",
            help="also rank, percentile, growth, jobs created, wage and bounds of workplaces",
        )
        parser.add_argument(
            "--sub-clusters", action="store_true", help="rows of sub-clusters in place of clusters"
        )
        parser.add_argument("--csv", action="store_true", help="CSV (the only form there is)")

    def handle(self, **options: Any) -> None:  # noqa: ANN401 - Django's signature
        """Print the table."""
        region_type = RegionType(options["region_type"])
        try:
            basis = chosen_basis(options, region_type)
        except Refused as refused:
            raise CommandError(refused.refusal.sentence) from refused
        writer = csv.writer(self.stdout, lineterminator="\n")
        wish = TableWish(
            region_type,
            Base(options["denominator"]),
            has_details=options["details"],
            has_sub_clusters=options["sub_clusters"],
        )
        writer.writerow(wish.header)
        writer.writerows(measure_table(basis, wish))
        self.stderr.write(f"{basis}; withheld cells: {basis.imputation}; {basis.reference}")
