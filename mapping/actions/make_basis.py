"""Name a Basis and compute its measures for every region type, in one transaction."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import islice

import numpy as np
from django.db import connection, transaction

from mapping.models import Basis, GeographyEdition
from mapping.queries.basis import parts_of
from mapping.queries.panels import Sources, national_sums, plan_of, read_panel
from mapping.queries.regions import (
    county_areas,
    current_memberships,
    geography_digest,
    region_names,
)
from mapping.rules.assignment import Assigned, assign, employment_of
from mapping.rules.bands import BandCuts, tercile_cuts
from mapping.rules.class_rules import LQ_1_5, PORTAL_2017
from mapping.rules.measure_lines import (
    MEASURE_COLUMNS,
    TOTAL_COLUMNS,
    RegionSet,
    measure_lines,
    total_lines,
)
from mapping.rules.panel import Ints
from mapping.rules.plan import Plan
from mapping.rules.region_measures import measure_regions
from mapping.rules.standings import Before
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
    parts = parts_of(sources, geography, CLASS_RULES)
    existing = Basis.objects.filter(digest=parts.digest).first()
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
        state_release=sources.state_release,
        earlier_release=sources.earlier.release if sources.earlier else None,
        earlier_totals_release=sources.earlier.totals_release if sources.earlier else None,
        definition_set=sources.definition_set,
        geography=GEOGRAPHIES[sources.release.unit],
        geography_digest=geography,
        imputation=sources.imputation.value,
        class_rules=list(CLASS_RULES),
        absent_establishments=sources.absent_establishments,
        engine=sources.engine,
        digest=parts.digest,
        created_at=at,
    )
    _store_measures(basis, sources)
    record_entry(case=basis.case, actor=actor, at=at, verb="make_basis", facts=parts.named())
    return basis, True


def _store_measures(basis: Basis, sources: Sources) -> None:
    sums = national_sums(sources)
    plan = plan_of(sources, sums)
    read = read_panel(sources, sums.mean_size)
    units = assign(read.panel, plan)
    before = _jobs_before(sources)
    sets = [
        _grouped(kind, read.panel.units, units, before, sources)
        for kind in REGION_TYPES[sources.release.unit]
    ]
    cuts = tercile_cuts(sets[0][1].traded.tolist())
    nation = units.of_all()
    whole = RegionSet(
        RegionType.NATION,
        [NATION_CODE],
        ["United States"],
        sources.release.year,
        before and before.by(dict.fromkeys(before.units, NATION_CODE), [NATION_CODE]),
    )
    sets.append((whole, nation))
    for regions, jobs in sets:
        _copy_region_type(basis, regions, (jobs, nation), plan, cuts)


@dataclass(frozen=True)
class _UnitsBefore:
    """Jobs of every cluster in the units of the earlier release."""

    year: int
    units: tuple[str, ...]
    employment: Ints

    def by(self, area_of: Mapping[str, str], codes: Sequence[str]) -> Before:
        place = {code: row for row, code in enumerate(codes)}
        rows = np.array([place.get(area_of.get(unit, ""), -1) for unit in self.units])
        jobs = np.zeros((len(codes), self.employment.shape[1]), dtype=np.int64)
        np.add.at(jobs, rows[rows >= 0], self.employment[rows >= 0])
        known = np.zeros(len(codes), dtype=bool)
        known[rows[rows >= 0]] = True
        return Before(self.year, jobs, known)


def _jobs_before(sources: Sources) -> _UnitsBefore | None:
    if sources.earlier is None:
        return None
    earlier = replace(
        sources,
        release=sources.earlier.release,
        totals_release=sources.earlier.totals_release,
        state_release=None,
        earlier=None,
    )
    sums = national_sums(earlier)
    panel = read_panel(earlier, sums.mean_size).panel
    employment = employment_of(panel, plan_of(earlier, sums))
    return _UnitsBefore(earlier.release.year, panel.units, employment)


def _grouped(
    kind: RegionType,
    names: tuple[str, ...],
    units: Assigned,
    before: _UnitsBefore | None,
    sources: Sources,
) -> tuple[RegionSet, Assigned]:
    """Regions of one type and their sums; areas without any unit in the file are left out."""
    everywhere = (*names, *(before.units if before else ()))
    is_county = sources.release.unit == "county"
    areas = county_areas(kind) if is_county else {name: name for name in everywhere}
    of_unit = [areas.get(name) for name in names]
    codes = sorted({area for area in of_unit if area is not None})
    place = {code: i for i, code in enumerate(codes)}
    group = np.array([-1 if area is None else place[area] for area in of_unit], dtype=np.int64)
    regions = RegionSet(
        kind,
        codes,
        region_names(kind, codes),
        sources.release.year,
        before and before.by(areas, codes),
    )
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
