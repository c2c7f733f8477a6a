"""Load a table of size standards: what changed ends and begins anew, the rest stays."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db import transaction

from accounts.models import SizeStandard
from accounts.rules.size_table import TableLine
from kit.refusals import refuse


@dataclass(frozen=True, slots=True)
class LoadedTable:
    """What a load did."""

    added: int
    ended: int
    unchanged: int


@transaction.atomic
def load_size_standards(
    *, lines: Sequence[TableLine], effective_from: date, citation: str
) -> LoadedTable:
    """Put a whole table in force from a day; an industry that is missing from it ends that day.

    Loading the same table again changes nothing.

    Raises:
        Refused: ``older_than_rows``: rows that begin on or after that day say something else.
    """
    rows = {
        row.naics: row for row in SizeStandard.objects.select_for_update().in_force(effective_from)
    }
    later = SizeStandard.objects.filter(effective_from__gt=effective_from)
    if later.exists():
        raise refuse("older_than_rows", "The portal holds rows that begin later than this table.")
    wanted = {line.naics: line for line in lines}
    same = {naics for naics, row in rows.items() if _says(row, wanted.get(naics))}
    ended = [row for naics, row in rows.items() if naics not in same]
    if any(row.effective_from >= effective_from for row in ended):
        raise refuse(
            "older_than_rows", "Rows that begin on this day say something else. Choose a later day."
        )
    for row in ended:
        row.effective_to = effective_from
        row.save(update_fields=["effective_to"])
    added = [line for naics, line in wanted.items() if naics not in same]
    SizeStandard.objects.bulk_create(
        SizeStandard(
            naics=line.naics,
            measure=line.measure,
            limit=line.limit,
            note=line.note,
            citation=citation,
            effective_from=effective_from,
        )
        for line in added
    )
    return LoadedTable(len(added), len(ended), len(same))


def _says(row: SizeStandard, line: TableLine | None) -> bool:
    return line is not None and (row.measure, row.limit, row.note) == (
        line.measure.value,
        line.limit,
        line.note,
    )
