"""Name a Basis and compute its measures for every region type, in one transaction."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from itertools import islice

import numpy as np
from django.db import connection, transaction

from mapping.models import Basis, GeographyEdition
from mapping.queries.panels import Sources, national_sums, plan_of, read_panel
from mapping.queries.regions import (
    county_areas,
    current_memberships,
    geography_digest,
    region_names,
)
from mapping.rules.assignment import Assigned, assign
from mapping.rules.bands import BandCuts, tercile_cuts
from mapping.rules.basis_digests import basis_digest
from mapping.rules.class_rules import LQ_1_5, PORTAL_2017
from mapping.rules.measure_lines import (
    MEASURE_COLUMNS,
    TOTAL_COLUMNS,
    RegionSet,
    measure_lines,
    total_lines,
)
from mapping.rules.plan import Plan
from mapping.rules.region_measures import measure_regions
from mapping.rules.terms import NATION_CODE, RegionType
from trail.actions.open_case import open_case
from trail.actions.record_entry import record_entry
from trail.actors import Actor

CLASS_RULES = (PORTAL_2017, LQ_1_5)
GEOGRAPHIES = {"county": "counties, BEA areas, CBSAs", "state": "states"}
REGION_TYPES = {
    "county": (
        RegionType.ECONOMIC_AREA,
        RegionType.STATE,
        RegionType.CBSA,
        RegionType.COUNTY,
    ),
    "state": (RegionType.STATE,),
}
LINES_PER_WRITE = 5000


@transaction.atomic
def make_basis(*, actor: Actor, at: datetime, sources: Sources) -> tuple[Basis, bool]:
    """Return the Basis of these ingredients, and whether it was made now.

    Side effects: measures of all region types are written by COPY; a case and its entry.
    """
    geography = geography_digest(sources.release.unit)
    named = _named(sources, geography)
    digest = basis_digest(named)
    existing = Basis.objects.filter(digest=digest).first()
    if existing is not None:
        return existing, False
    if sources.release.unit == "county":
        GeographyEdition.objects.get_or_create(
            digest=geography, defaults={"areas": current_memberships(), "kept_at": at}
        )
    basis = Basis.objects.create(
        case=open_case(actor=actor, at=at, kind="basis", prefix="BA"),
        release=sources.release,
        totals_release=sources.totals_release,
        definition_set=sources.definition_set,
        geography=GEOGRAPHIES[sources.release.unit],
        geography_digest=geography,
        imputation=sources.imputation.value,
        class_rules=list(CLASS_RULES),
        absent_establishments=sources.absent_establishments,
        digest=digest,
        created_at=at,
    )
    _store_measures(basis, sources)
    record_entry(case=basis.case, actor=actor, at=at, verb="make_basis", facts=named)
    return basis, True


def _named(sources: Sources, geography: str) -> dict[str, str | int | None]:
    totals = sources.totals_release
    return {
        "release": sources.release.content_digest,
        "totals_release": totals.content_digest if totals else None,
        "definition_set": sources.definition_set.digest,
        "geography": geography,
        "imputation": sources.imputation.value,
        "class_rules": "+".join(CLASS_RULES),
        "absent_establishments": sources.absent_establishments,
    }


def _store_measures(basis: Basis, sources: Sources) -> None:
    sums = national_sums(sources)
    plan = plan_of(sources, sums)
    read = read_panel(sources, sums.mean_size)
    units = assign(read.panel, plan)
    names = read.panel.units
    sets = [
        _grouped(kind, names, units, is_county=sources.release.unit == "county")
        for kind in REGION_TYPES[sources.release.unit]
    ]
    cuts = tercile_cuts(sets[0][1].traded.tolist())
    nation = units.of_all()
    sets.append((RegionSet(RegionType.NATION, [NATION_CODE], ["United States"]), nation))
    for regions, jobs in sets:
        _copy_region_type(basis, regions, (jobs, nation), plan, cuts)


def _grouped(
    kind: RegionType, names: tuple[str, ...], units: Assigned, *, is_county: bool
) -> tuple[RegionSet, Assigned]:
    """Regions of one type and their sums; areas without any unit in the file are left out."""
    areas = county_areas(kind) if is_county else {name: name for name in names}
    of_unit = [areas.get(name) for name in names]
    codes = sorted({area for area in of_unit if area is not None})
    place = {code: i for i, code in enumerate(codes)}
    group = np.array([-1 if area is None else place[area] for area in of_unit], dtype=np.int64)
    regions = RegionSet(kind, codes, region_names(kind, codes))
    return regions, units.sum_by(group, len(codes))


def _copy_region_type(
    basis: Basis, regions: RegionSet, jobs: tuple[Assigned, Assigned], plan: Plan, cuts: BandCuts
) -> None:
    measured = measure_regions(*jobs, plan)
    rules = tuple(basis.class_rules)
    _copy(
        "mapping_measure", MEASURE_COLUMNS, basis.pk, measure_lines(regions, measured, plan, rules)
    )
    _copy("mapping_regiontotal", TOTAL_COLUMNS, basis.pk, total_lines(regions, measured, cuts))


def _copy(table: str, columns: tuple[str, ...], basis_id: int, lines: Iterable[str]) -> None:
    statement = f"COPY {table} (basis_id, {', '.join(columns)}) FROM STDIN"
    remaining = iter(lines)
    with connection.cursor() as cursor, cursor.copy(statement) as copy:
        while batch := list(islice(remaining, LINES_PER_WRITE)):
            copy.write("".join(f"{basis_id}\t{line}\n" for line in batch))
