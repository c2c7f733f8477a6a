"""The history of the public register: versions, what changed in them, and the corrections."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import QuerySet

from certification.queries.register import releases_of, shown_on
from certification.rules.register import KIND_DESIGNATION, RegisterEntry, entry_from
from certification.rules.register_changes import Change, changes
from records.models import Publication


@dataclass(frozen=True, slots=True)
class Version:
    """A version of an entry, with what it changed in the one before."""

    row: Publication
    entry: RegisterEntry
    changes: tuple[Change, ...]

    @property
    def is_first(self) -> bool:
        """Whether nothing came before."""
        return self.row.version == 1


def versions_of(reference: str, on: date, at: datetime) -> list[Version]:
    """Every public version of one entry, the newest first."""
    return _told(releases_of(reference, on, at))


def version_of(reference: str, number: int, at: datetime) -> Publication | None:
    """One version as it was published, if the public could ever read it."""
    rows = public_versions(at).filter(case__reference=reference, version=number)
    return rows.select_related("case").first()


def public_versions(at: datetime) -> QuerySet[Publication]:
    """Every version of every entry that is or was public, the newest first."""
    rows = Publication.objects.filter(
        kind=KIND_DESIGNATION, shown__startswith__lte=shown_on(at.date(), at)
    )
    return rows.select_related("case").order_by("-shown__startswith", "case__reference")


def told(page: Sequence[Publication]) -> list[Version]:
    """A page of versions of several entries, each with what it changed."""
    wanted = {row.case_id for row in page if (row.version or 0) > 1}
    before = {
        (row.case_id, row.version): row
        for row in Publication.objects.filter(
            kind=KIND_DESIGNATION, case_id__in=wanted, version__isnull=False
        )
    }
    return [_version(row, before.get((row.case_id, (row.version or 0) - 1))) for row in page]


def changes_of(row: Publication) -> tuple[Change, ...]:
    """What a prepared or released version changes in the last one that was released before it."""
    rows = Publication.objects.filter(case_id=row.case_id, kind=row.kind, version__isnull=False)
    if row.version is not None:
        rows = rows.filter(version__lt=row.version)
    return _version(row, rows.order_by("-version").first()).changes


def _told(rows: list[Publication]) -> list[Version]:
    olds = [*rows[1:], None] if rows else []
    return [_version(row, old) for row, old in zip(rows, olds, strict=True)]


def _version(row: Publication, before: Publication | None) -> Version:
    entry = entry_from(row.snapshot)
    found = changes(entry_from(before.snapshot), entry) if before else ()
    return Version(row, entry, found)
