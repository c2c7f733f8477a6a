"""Name a Basis and compute its measures for every region type, in one transaction."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial
from itertools import islice

import numpy as np
from django.db import connection, transaction

from mapping.models import Basis, GeographyEdition
from mapping.queries.basis import parts_of
from mapping.queries.class_probability import is_open, keep_moments, moments_of
from mapping.queries.county_sums import keep_county_sums
from mapping.queries.definitions import definition_of
from mapping.queries.made_bases import CONTRADICTIONS, MAKE_BASIS
from mapping.queries.panels import NationalSums, Sources, national_sums, plan_of, read_panel
from mapping.queries.regions import (
    county_areas,
    current_memberships,
    geography_digest,
    region_names,
)
from mapping.rules.assignment import Assigned, assign, employment_of
from mapping.rules.bands import tercile_cuts
from mapping.rules.class_rules import CLASS_RULES as RULES
from mapping.rules.contradictions import Contradictions, contradictions
from mapping.rules.measure_lines import (
    MEASURE_COLUMNS,
    TOTAL_COLUMNS,
    Judge,
    RegionSet,
    measure_lines,
    total_lines,
)
from mapping.rules.panel import Ints, Panel
from mapping.rules.plan import Plan
from mapping.rules.region_measures import measure_regions
from mapping.rules.standings import Before
from mapping.rules.terms import NATION_CODE, RegionType
from trail.actions.open_case import open_case
from trail.actions.record_entry import record_entry
from trail.actors import Actor

CLASS_RULES = tuple(RULES)
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
    found = _store_measures(basis, sources)
    facts = parts.named() | ({CONTRADICTIONS: found.as_facts()} if found else {})
    record_entry(case=basis.case, actor=actor, at=at, verb=MAKE_BASIS, facts=facts)
    return basis, True


@dataclass(frozen=True)
class _Layer:
    """Where the measures of clusters, or of sub-clusters, are stored, and of which regions."""

    table: str
    region_types: tuple[RegionType, ...]
    has_sub_clusters: bool = False


def _store_measures(basis: Basis, sources: Sources) -> Contradictions | None:
    kinds = REGION_TYPES[sources.release.unit]
    layers = [_Layer("mapping_measure", kinds)]
    if definition_of(sources.definition_set).sub_clusters:
        areas = tuple(kind for kind in kinds if kind is not RegionType.COUNTY)
        layers.append(_Layer("mapping_submeasure", areas, has_sub_clusters=True))
    now, earlier = _read(sources), _read_earlier(sources)
    for layer in layers:
        _store_layer(basis, layer, now, earlier)
    return contradictions(now.panel, now.plan(layers[0]))


@dataclass(frozen=True)
class _Read:
    """A whole release as read for measures."""

    sources: Sources
    sums: NationalSums
    panel: Panel

    def plan(self, layer: _Layer) -> Plan:
        return plan_of(self.sources, self.sums, has_sub_clusters=layer.has_sub_clusters)


def _read(sources: Sources) -> _Read:
    sums = national_sums(sources)
    return _Read(sources, sums, read_panel(sources, sums.mean_size).panel)


def _read_earlier(sources: Sources) -> _Read | None:
    if sources.earlier is None:
        return None
    return _read(
        replace(
            sources,
            release=sources.earlier.release,
            totals_release=sources.earlier.totals_release,
            state_release=None,
            earlier=None,
        )
    )


def _store_layer(basis: Basis, layer: _Layer, now: _Read, earlier: _Read | None) -> None:
    plan = now.plan(layer)
    units = assign(now.panel, plan)
    if not layer.has_sub_clusters:
        keep = partial(keep_county_sums, basis.digest, now.panel.units, units)
        transaction.on_commit(keep, robust=True)
        if is_open(basis):
            moments = moments_of(basis, now.panel, plan, now.sums.mean_size)
            transaction.on_commit(partial(keep_moments, basis.digest, moments), robust=True)
    before = None if earlier is None else _units_before(earlier, layer)
    sets = [
        _grouped(kind, now.panel.units, units, before, now.sources) for kind in layer.region_types
    ]
    cuts = tercile_cuts(sets[0][1].traded.tolist())
    nation = units.of_all()
    whole = RegionSet(
        RegionType.NATION,
        [NATION_CODE],
        ["United States"],
        now.sources.release.year,
        before.by(dict.fromkeys(before.units, NATION_CODE), [NATION_CODE]) if before else None,
    )
    judge = Judge(tuple(basis.class_rules), cuts)
    for regions, jobs in [*sets, (whole, nation)]:
        measured = measure_regions(jobs, nation, plan)
        lines = measure_lines(regions, measured, plan, judge)
        _copy(layer.table, MEASURE_COLUMNS, basis.pk, lines)
        if not layer.has_sub_clusters:
            totals = total_lines(regions, measured, cuts)
            _copy("mapping_regiontotal", TOTAL_COLUMNS, basis.pk, totals)


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


def _units_before(earlier: _Read, layer: _Layer) -> _UnitsBefore:
    return _UnitsBefore(
        earlier.sources.release.year,
        earlier.panel.units,
        employment_of(earlier.panel, earlier.plan(layer)),
    )


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
        before.by(areas, codes) if before else None,
    )
    return regions, units.sum_by(group, len(codes))


def _copy(table: str, columns: tuple[str, ...], basis_id: int, lines: Iterable[str]) -> None:
    statement = f"COPY {table} (basis_id, {', '.join(columns)}) FROM STDIN"
    remaining = iter(lines)
    with connection.cursor() as cursor, cursor.copy(statement) as copy:
        while batch := list(islice(remaining, LINES_PER_WRITE)):
            copy.write("".join(f"{basis_id}\t{line}\n" for line in batch))
