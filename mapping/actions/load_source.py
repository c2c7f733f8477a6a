"""Load one recognised file: read it, check it, store it; all of it or nothing."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from mapping.actions.load_cells import CELL_LOADERS, CellFile
from mapping.actions.load_definitions import load_definitions
from mapping.actions.load_reference import load_reference
from mapping.queries.known_codes import known_industries
from mapping.rules.load_reports import LoadReport
from mapping.rules.readers.layouts import Layout
from mapping.rules.readers.sheets import read_sheet
from mapping.rules.readers.source_file import SourceFile
from trail.actors import Actor


@transaction.atomic
def load_source(
    *, actor: Actor, at: datetime, source: SourceFile, layout: Layout, year: int | None = None
) -> list[LoadReport]:
    """Load a file of one layout; a file of several years makes one release per year.

    Args:
        actor: Who loads.
        at: When.
        source: The file.
        layout: What it was recognised as.
        year: The year of the data, where the file's name does not tell it.
    """
    if layout in CELL_LOADERS:
        return CELL_LOADERS[layout](CellFile(actor, at, source, layout, year))
    if layout is Layout.DEFINITIONS:
        parsed = read_sheet(source, known_industries())
        return [load_definitions(actor=actor, at=at, name=source.stem, parsed=parsed)]
    return [load_reference(actor=actor, at=at, source=source, layout=layout)]
