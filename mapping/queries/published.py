"""The published Bases as the public asks for them: by name, or by year, set and imputation."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from django.db.models import QuerySet

from kit.refusals import Refusal, Refused
from mapping.models import Basis
from mapping.queries.basis import current_basis_key, published_bases


class NotPublished(Refused):
    """No published Basis is meant by the question."""


@dataclass(frozen=True, slots=True)
class AskedBasis:
    """How the public names a Basis; what is left empty is as in the current one."""

    reference: str = ""
    year: int | None = None
    definition_set: str = ""
    imputation: str = ""

    @property
    def is_current(self) -> bool:
        """Whether nothing was said."""
        return self == AskedBasis()


class PublicBasis(NamedTuple):
    """What tells one published Basis from another; enough to choose, and to keep it by."""

    key: int
    reference: str
    year: int
    set_code: str
    set_version: int
    imputation: str
    unit: str
    is_synthetic: bool


COLUMNS = (
    "pk", "case__reference", "release__year", "definition_set__code", "definition_set__version",
    "imputation", "release__unit", "release__is_synthetic",
)  # fmt: skip


def asked_basis(asked: AskedBasis) -> Basis:
    """Return the Basis that is meant.

    Raises:
        NotPublished: nothing that is public fits.
        NoBasis: nothing was said, and nothing is loaded yet.
    """
    if asked.reference:
        rows = published_bases().filter(case__reference=asked.reference)
        found = next(iter(_public(rows)), None)
    elif asked.is_current:
        return _current()
    else:
        found = _fitting(asked, _current())
    if found is None:
        raise NotPublished(
            Refusal("no_such_basis", "No published set of measures fits what was asked for.")
        )
    return _basis(found.key, found.reference)


def same_series(basis: Basis) -> list[Basis]:
    """Return the published Bases that differ from this one by year alone, oldest first."""
    rows = published_bases().filter(
        definition_set__code=basis.definition_set.code,
        imputation=basis.imputation,
        release__unit=basis.release.unit,
        release__is_synthetic=basis.release.is_synthetic,
    )
    by_year: dict[int, PublicBasis] = {}
    for row in _public(rows):  # the last published of a year comes first
        by_year.setdefault(row.year, row)
    others = {year: _basis(row.key, row.reference) for year, row in by_year.items()}
    return [one for _year, one in sorted((others | {basis.year: basis}).items())]


def _current() -> Basis:
    """The Basis that is current, from memory; which one it is costs one question."""
    return _basis(*current_basis_key())


def _public(rows: QuerySet[Basis]) -> list[PublicBasis]:
    return [PublicBasis(*row) for row in rows.select_related(None).values_list(*COLUMNS)]


def _fitting(asked: AskedBasis, current: Basis) -> PublicBasis | None:
    """Return the last published Basis of the year and set; the current one's treatment first."""
    name, _, version = (asked.definition_set or current.definition_set.code).partition("@")
    rows = published_bases().filter(
        release__year=asked.year or current.year, definition_set__code=name
    )
    if version:
        rows = rows.filter(definition_set__version=int(version) if version.isdigit() else 0)
    if asked.imputation:
        rows = rows.filter(imputation=asked.imputation)
    return next(iter(sorted(_public(rows), key=lambda row: _distance(row, current))), None)


def _distance(row: PublicBasis, current: Basis) -> tuple[bool, bool, int]:
    """The same kind of file first, then the same treatment, then the newest version."""
    return row.unit != current.release.unit, row.imputation != current.imputation, -row.set_version


@lru_cache(maxsize=64)
def _basis(key: int, reference: str) -> Basis:
    """A Basis with everything it names, kept in memory: none of it ever changes."""
    del reference  # part of the key only: tests reuse numbers
    rows = Basis.objects.select_related(
        "case", "release__case", "totals_release__case", "definition_set"
    )
    return rows.get(pk=key)
