"""Store geography, code lists and population: what cell files are checked against."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction

from kit.refusals import Refusal, Refused
from mapping.models import (
    Cbsa,
    County,
    CountyChange,
    CountyPopulation,
    EconomicArea,
    Industry,
    IndustryChange,
    PublisherTitle,
    ReferenceFile,
    State,
)
from mapping.rules.load_reports import ALREADY, LOADED, LoadReport
from mapping.rules.readers import geography, tables
from mapping.rules.readers.layouts import Layout
from mapping.rules.readers.source_file import SourceFile
from mapping.rules.readers.tables import ParsedTable
from mapping.rules.states import STATES
from mapping.sample.areas import SAMPLE_MARK
from trail.actors import Actor

PUBLISHER = "cbp"


class OtherEditionLoaded(Refused):
    """Rows that measures and decisions rest on are not replaced by another edition."""


@dataclass(frozen=True, slots=True)
class Kept:
    """What a writer made of a file."""

    kept: int
    table: ParsedTable[Any]
    dropped: dict[str, int]


@transaction.atomic
def load_reference(*, actor: Actor, at: datetime, source: SourceFile, layout: Layout) -> LoadReport:
    """Write one reference file whole, or say that it is there already."""
    del actor  # reference rows have no case: the file's own row says when it came
    existing = ReferenceFile.objects.filter(kind=layout.value, digest=source.digest).first()
    if existing is not None:
        return _report(existing, ALREADY)
    ensure_states()
    result = _WRITERS[layout](source)
    dropped = {**result.table.dropped, **result.dropped}
    row = ReferenceFile.objects.create(
        kind=layout.value,
        name=source.name,
        digest=source.digest,
        rows_read=result.table.rows_read,
        rows_kept=result.kept,
        report={"dropped": dropped},
        loaded_at=at,
    )
    return _report(row, LOADED)


def ensure_states() -> None:
    """The fifty states and the District are known without a file."""
    State.objects.bulk_create(
        (State(fips=code, name=names.name, postal=names.postal) for code, names in STATES.items()),
        ignore_conflicts=True,
    )


def forget_sample_areas() -> None:
    """The real areas take the place of the sample's; measures made on those stay as they are."""
    County.objects.filter(economic_area__code__startswith=SAMPLE_MARK).update(economic_area=None)
    EconomicArea.objects.filter(code__startswith=SAMPLE_MARK).delete()


def _report(row: ReferenceFile, status: str) -> LoadReport:
    return LoadReport(
        name=row.name,
        kind=row.kind,
        status=status,
        rows_read=row.rows_read,
        rows_kept=row.rows_kept,
        dropped=row.report.get("dropped", {}),
    )


def _only_edition(layout: Layout, source: SourceFile) -> None:
    other = ReferenceFile.objects.filter(kind=layout.value).first()
    if other is not None:
        raise OtherEditionLoaded(
            Refusal(
                "other_edition_loaded",
                f"{source.name} was not loaded: another edition ({other.name}) is in force, and "
                "published measures rest on it.",
            )
        )


def _write_industries(source: SourceFile) -> Kept:
    vintage, table = tables.read_industries(source)
    if Industry.objects.filter(vintage=vintage).exists():
        raise OtherEditionLoaded(
            Refusal(
                "other_edition_loaded",
                f"{source.name} was not loaded: NAICS {vintage} is loaded from another file.",
            )
        )
    Industry.objects.bulk_create(
        (Industry(vintage=vintage, code=row.code, title=row.title[:200]) for row in table.rows),
        batch_size=2000,
    )
    return Kept(len(table.rows), table, {})


def _write_titles(source: SourceFile) -> Kept:
    table = tables.read_publisher_titles(source)
    PublisherTitle.objects.bulk_create(
        (PublisherTitle(source=PUBLISHER, code=r.code, title=r.title[:200]) for r in table.rows),
        batch_size=2000,
        update_conflicts=True,
        unique_fields=["source", "code"],
        update_fields=["title"],
    )
    return Kept(len(table.rows), table, {})


def _write_changes(source: SourceFile) -> Kept:
    old, new, table = tables.read_changes(source)
    IndustryChange.objects.filter(old_vintage=old, new_vintage=new).delete()
    IndustryChange.objects.bulk_create(
        (
            IndustryChange(
                old_vintage=old,
                new_vintage=new,
                old_code=row.old_code,
                new_code=row.new_code,
                piece=row.piece[:300],
            )
            for row in table.rows
        ),
        batch_size=2000,
    )
    return Kept(len(table.rows), table, {})


def _write_economic_areas(source: SourceFile) -> Kept:
    _only_edition(Layout.ECONOMIC_AREAS, source)
    forget_sample_areas()
    table = geography.read_economic_areas(source)
    areas = {row.area: row.area_name for row in table.rows}
    # The areas of a sample economy make room; what was measured on them keeps its own edition.
    County.objects.update(economic_area=None)
    EconomicArea.objects.exclude(code__in=areas).delete()
    EconomicArea.objects.bulk_create(
        (EconomicArea(code=code, name=name) for code, name in sorted(areas.items())),
        update_conflicts=True,
        unique_fields=["code"],
        update_fields=["name"],
    )
    County.objects.bulk_create(
        (
            County(
                fips=row.fips,
                name=row.county,
                state_id=row.fips[:2],
                economic_area_id=row.area,
            )
            for row in table.rows
        ),
        update_conflicts=True,
        unique_fields=["fips"],
        update_fields=["economic_area", "name"],
    )
    _apply_changes()
    return Kept(len(table.rows), table, {})


def _write_county_changes(source: SourceFile) -> Kept:
    table = geography.read_county_changes(source)
    CountyChange.objects.bulk_create(
        (CountyChange(newer_fips=row.newer, older_fips=row.older) for row in table.rows),
        ignore_conflicts=True,
    )
    _apply_changes()
    return Kept(len(table.rows), table, {})


def _apply_changes() -> None:
    """A later county lies in the economic area of the one it came from."""
    for change in CountyChange.objects.all():
        older = County.objects.filter(pk=change.older_fips).first()
        if older is None:
            continue
        newer, is_new = County.objects.get_or_create(
            fips=change.newer_fips,
            defaults={
                "name": older.name,
                "state_id": older.state_id,
                "economic_area_id": older.economic_area_id,
            },
        )
        if not is_new and newer.economic_area_id is None:
            County.objects.filter(pk=newer.pk).update(economic_area_id=older.economic_area_id)


def _write_cbsas(source: SourceFile) -> Kept:
    _only_edition(Layout.CBSAS, source)
    table = geography.read_cbsas(source)
    known = set(County.objects.values_list("fips", flat=True))
    rows = [row for row in table.rows if row.fips in known]
    areas = {row.cbsa: (row.cbsa_name, row.is_metropolitan) for row in rows}
    Cbsa.objects.bulk_create(
        Cbsa(code=code, name=name, is_metropolitan=metropolitan)
        for code, (name, metropolitan) in sorted(areas.items())
    )
    through = Cbsa.counties.through
    through.objects.bulk_create(through(cbsa_id=row.cbsa, county_id=row.fips) for row in rows)
    lost = len(table.rows) - len(rows)
    return Kept(len(rows), table, {"unknown counties": lost} if lost else {})


def _write_population(source: SourceFile) -> Kept:
    table = geography.read_population(source)
    County.objects.bulk_create(
        (
            County(
                fips=row.fips,
                name=f"{row.name}, {STATES[row.fips[:2]].postal}",
                state_id=row.fips[:2],
            )
            for row in table.rows
        ),
        ignore_conflicts=True,
    )
    CountyPopulation.objects.bulk_create(
        (
            CountyPopulation(county_id=row.fips, year=year, population=people)
            for row in table.rows
            for year, people in row.by_year
        ),
        batch_size=5000,
        update_conflicts=True,
        unique_fields=["county", "year"],
        update_fields=["population"],
    )
    _apply_changes()
    return Kept(len(table.rows), table, {})


_WRITERS: dict[Layout, Callable[[SourceFile], Kept]] = {
    Layout.INDUSTRIES: _write_industries,
    Layout.PUBLISHER_TITLES: _write_titles,
    Layout.INDUSTRY_CHANGES: _write_changes,
    Layout.ECONOMIC_AREAS: _write_economic_areas,
    Layout.COUNTY_CHANGES: _write_county_changes,
    Layout.CBSAS: _write_cbsas,
    Layout.POPULATION: _write_population,
}
