"""Store one year of cells as an immutable release."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import connection, transaction

from mapping.models import Release
from mapping.rules.blocks import block_digest, content_digest, pack, split_by_region
from mapping.rules.load_reports import ALREADY, LOADED, LoadReport
from mapping.rules.national import national_cells
from mapping.rules.panel import TOTAL_CODE
from mapping.rules.readers.cells import ParsedCells
from mapping.rules.terms import NATION_CODE
from trail.actions.open_case import open_case
from trail.actions.record_entry import record_entry
from trail.actors import Actor

Progress = Callable[[str], None]


@dataclass(frozen=True)
class ReleaseFile:
    """Where a release's cells came from.

    Attributes:
        kind: The layout's words.
        source: Publisher and product.
        unit: What a row is about: "county", "state", "nation" or "cbsa".
        suppression: How the publisher hides small cells, for readers.
    """

    name: str
    digest: str
    kind: str
    source: str
    unit: str
    suppression: str
    is_synthetic: bool = False


@transaction.atomic
def load_release(
    *, actor: Actor, at: datetime, file: ReleaseFile, parsed: ParsedCells
) -> LoadReport:
    """Write the release and one block per region, or say that it is there already.

    Side effects: a case and its entry on the trail; blocks are written by COPY.
    """
    found = Release.objects.filter(kind=file.kind, year=parsed.year, digest=file.digest)
    existing = found.select_related("case").first()
    if existing is not None:
        return already_loaded(existing)
    blocks = _blocks(parsed)
    digests = [(region, block_digest(region, block)) for region, block in blocks]
    leaf = next(code for code in parsed.codes if code != TOTAL_CODE)
    release = Release.objects.create(
        case=open_case(actor=actor, at=at, kind="release", prefix="DR"),
        kind=file.kind,
        source=file.source,
        file_name=file.name,
        year=parsed.year,
        naics_vintage=parsed.vintage,
        unit=file.unit,
        digits=len(leaf),
        suppression=file.suppression,
        codes=list(parsed.codes),
        digest=file.digest,
        content_digest=content_digest(parsed.codes, digests),
        rows_read=parsed.rows_read,
        rows_kept=len(parsed.cells),
        report=_kept_report(parsed),
        is_synthetic=file.is_synthetic,
        loaded_at=at,
    )
    _copy_blocks(release.pk, blocks, digests)
    record_entry(
        case=release.case,
        actor=actor,
        at=at,
        verb="load_release",
        facts={"year": parsed.year, "file": file.name, "content_digest": release.content_digest},
    )
    return _report(release, LOADED)


def _kept_report(parsed: ParsedCells) -> dict[str, Any]:
    """Everything that the load found, as the release keeps it."""
    return {
        "dropped": dict(parsed.dropped),
        "coverage": dict(parsed.coverage),
        "unknown_codes": dict(parsed.unknown_codes),
        "lost_employment": parsed.lost_employment,
        "statewide": dict(parsed.statewide),
        "notes": list(parsed.notes),
    }


def _blocks(parsed: ParsedCells) -> list[tuple[str, bytes]]:
    blocks = split_by_region(parsed.regions, parsed.cells)
    if [region for region, _ in blocks] == [NATION_CODE]:
        return blocks  # the file of the nation is its own sum
    return [*blocks, (NATION_CODE, pack(national_cells(parsed.cells, len(parsed.codes))))]


def _copy_blocks(
    release_id: int, blocks: Iterable[tuple[str, bytes]], digests: Iterable[tuple[str, str]]
) -> None:
    columns = "release_id, region_code, block, digest"
    statement = f"COPY mapping_cellblock ({columns}) FROM STDIN (FORMAT BINARY)"
    with connection.cursor() as cursor, cursor.copy(statement) as copy:
        copy.set_types(["int8", "varchar", "bytea", "varchar"])
        for (region, block), (_, digest) in zip(blocks, digests, strict=True):
            copy.write_row((release_id, region, block, digest))


def already_loaded(release: Release) -> LoadReport:
    """The report of a file that is there already."""
    return _report(release, ALREADY)


def _report(release: Release, status: str) -> LoadReport:
    return LoadReport(
        name=release.file_name,
        kind=release.kind,
        status=status,
        year=release.year,
        reference=release.reference,
        rows_read=release.rows_read,
        rows_kept=release.rows_kept,
        dropped=release.report["dropped"],
        coverage=release.report["coverage"],
        unknown_codes=list(release.report.get("unknown_codes", {})),
        jobs_of_unknown_codes=release.report.get("unknown_codes", {}),
        lost_employment=release.report.get("lost_employment", 0),
        statewide=release.report.get("statewide", {}),
        notes=release.report.get("notes", []),
    )
