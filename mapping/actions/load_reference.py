"""Store geography, code lists and population: what cell files are checked against."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from django.db import transaction

from mapping.actions import store_codes, store_geography
from mapping.actions.refuse_edition import Kept
from mapping.models import ReferenceFile, State
from mapping.rules.load_reports import ALREADY, LOADED, LoadReport
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


def _report(row: ReferenceFile, status: str) -> LoadReport:
    return LoadReport(
        name=row.name,
        kind=row.kind,
        status=status,
        rows_read=row.rows_read,
        rows_kept=row.rows_kept,
        dropped=row.report.get("dropped", {}),
    )


_WRITERS: dict[Layout, Callable[[SourceFile], Kept]] = {
    Layout.INDUSTRIES: store_codes.store_industries,
    Layout.PUBLISHER_TITLES: store_codes.store_titles,
    Layout.INDUSTRY_CHANGES: store_codes.store_changes,
    Layout.ECONOMIC_AREAS: store_geography.store_economic_areas,
    Layout.COUNTY_CHANGES: store_geography.store_county_changes,
    Layout.CBSAS: store_geography.store_cbsas,
    Layout.POPULATION: store_geography.store_population,
}
