"""Store geography, code lists and population: what cell files are checked against."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from typing import Any

from django.db import transaction

from mapping.actions import store_codes, store_geography
from mapping.actions.refuse_edition import Kept
from mapping.models import ReferenceFile, State
from mapping.rules.load_reports import ALREADY, LOADED, LoadReport
from mapping.rules.readers import geography, tables
from mapping.rules.readers.layouts import Layout
from mapping.rules.readers.source_file import SourceFile
from mapping.rules.states import STATES
from trail.actors import Actor


@transaction.atomic
def load_reference(*, actor: Actor, at: datetime, source: SourceFile, layout: Layout) -> LoadReport:
    """Write one reference file whole, or say that it is there already."""
    del actor  # reference rows have no case: the file's own row says when it came
    existing = ReferenceFile.objects.filter(kind=layout.value, digest=source.digest).first()
    if existing is not None:
        return _report(existing, ALREADY)
    rows_digest = _rows_digest(source, layout)
    same = ReferenceFile.objects.filter(kind=layout.value, report__rows_digest=rows_digest).first()
    if same is not None:
        note = f"It has the same rows as {same.name}, which is loaded."
        return replace(_report(same, ALREADY), name=source.name, notes=[note])
    ensure_states()
    result = _WRITERS[layout](source)
    dropped = {**result.table.dropped, **result.dropped}
    row = ReferenceFile.objects.create(
        kind=layout.value,
        name=source.name,
        digest=source.digest,
        rows_read=result.table.rows_read,
        rows_kept=result.kept,
        report={"dropped": dropped, "rows_digest": rows_digest},
        loaded_at=at,
    )
    return _report(row, LOADED)


def _rows_digest(source: SourceFile, layout: Layout) -> str:
    """The same rows have one digest, whether they came as a spreadsheet or as text."""
    *years, table = _READERS[layout](source)
    return hashlib.sha256(repr((years, sorted(map(repr, table.rows)))).encode()).hexdigest()


def ensure_states() -> None:
    """The fifty states and the District are known without a file."""
    State.objects.bulk_create(
        (State(fips=code, name=names.name, postal=names.postal) for code, names in STATES.items()),
        ignore_conflicts=True,
    )


def _report(row: ReferenceFile, status: str) -> LoadReport:
    return LoadReport(
        name=row.name,
        kind=row.kind,
        status=status,
        rows_read=row.rows_read,
        rows_kept=row.rows_kept,
        dropped=row.report.get("dropped", {}),
    )


_READERS: dict[Layout, Callable[[SourceFile], tuple[Any, ...]]] = {
    Layout.INDUSTRIES: tables.read_industries,
    Layout.PUBLISHER_TITLES: lambda source: (tables.read_publisher_titles(source),),
    Layout.INDUSTRY_CHANGES: tables.read_changes,
    Layout.ECONOMIC_AREAS: lambda source: (geography.read_economic_areas(source),),
    Layout.COUNTY_CHANGES: lambda source: (geography.read_county_changes(source),),
    Layout.CBSAS: lambda source: (geography.read_cbsas(source),),
    Layout.POPULATION: lambda source: (geography.read_population(source),),
}
_WRITERS: dict[Layout, Callable[[SourceFile], Kept]] = {
    Layout.INDUSTRIES: store_codes.store_industries,
    Layout.PUBLISHER_TITLES: store_codes.store_titles,
    Layout.INDUSTRY_CHANGES: store_codes.store_changes,
    Layout.ECONOMIC_AREAS: store_geography.store_economic_areas,
    Layout.COUNTY_CHANGES: store_geography.store_county_changes,
    Layout.CBSAS: store_geography.store_cbsas,
    Layout.POPULATION: store_geography.store_population,
}
