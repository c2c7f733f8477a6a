"""Write areas, counties and population; called by load_reference inside its transaction."""

from __future__ import annotations

from collections.abc import Collection

from django.db import connection

from mapping.actions.refuse_edition import Kept, refuse_edition
from mapping.models import Cbsa, County, CountyChange, CountyPopulation, EconomicArea
from mapping.rules.county_changes import KNOWN_CHANGES
from mapping.rules.readers import geography
from mapping.rules.readers.layouts import Layout
from mapping.rules.readers.source_file import SourceFile
from mapping.rules.readers.tables import ParsedTable
from mapping.rules.states import STATES


def store_economic_areas(source: SourceFile) -> Kept:
    """Economic areas with their counties."""
    refuse_edition(Layout.ECONOMIC_AREAS, source)
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


def store_county_changes(source: SourceFile) -> Kept:
    """Later county codes."""
    table = geography.read_county_changes(source)
    CountyChange.objects.bulk_create(
        (CountyChange(newer_fips=row.newer, older_fips=row.older) for row in table.rows),
        ignore_conflicts=True,
    )
    _apply_changes()
    return Kept(len(table.rows), table, {})


def store_known_changes(codes: Collection[str]) -> None:
    """County codes that a file of cells shows and the table of changes explains."""
    CountyChange.objects.bulk_create(
        (CountyChange(newer_fips=fips, older_fips=KNOWN_CHANGES[fips].read_as) for fips in codes),
        ignore_conflicts=True,
    )
    _apply_changes()


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


def store_cbsas(source: SourceFile) -> Kept:
    """CBSAs with their counties."""
    refuse_edition(Layout.CBSAS, source)
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


def store_population(source: SourceFile) -> Kept:
    """Populations by county and year."""
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
    _copy_population(table)
    store_known_changes([row.fips for row in table.rows if row.fips in KNOWN_CHANGES])
    return Kept(len(table.rows), table, {})


def _copy_population(table: ParsedTable[geography.CountyPeople]) -> None:
    """Years of a later edition take the place of the same years of an earlier one."""
    years = {year for row in table.rows for year, _ in row.by_year}
    CountyPopulation.objects.filter(year__in=years).delete()
    statement = "COPY mapping_countypopulation (county_id, year, population) FROM STDIN"
    with connection.cursor() as cursor, cursor.copy(statement) as copy:
        for row in table.rows:
            for year, people in row.by_year:
                copy.write_row((row.fips, year, people))
