"""The published Bases as the public asks for them: by name, or by year, set and imputation."""

from __future__ import annotations

from dataclasses import dataclass

from kit.refusals import Refusal, Refused
from mapping.models import Basis
from mapping.queries.basis import current_basis, published_bases


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


def asked_basis(asked: AskedBasis) -> Basis:
    """Return the Basis that is meant.

    Raises:
        NotPublished: nothing that is public fits.
        NoBasis: nothing was said, and nothing is loaded yet.
    """
    if asked.is_current:
        return current_basis()
    if asked.reference:
        found = published_bases().filter(case__reference=asked.reference).first()
    else:
        found = _fitting(asked, current_basis())
    if found is None:
        raise NotPublished(
            Refusal("no_such_basis", "No published set of measures fits what was asked for.")
        )
    return found


def _fitting(asked: AskedBasis, current: Basis) -> Basis | None:
    """Return the last published Basis of the year and set; the current one's treatment first."""
    name, _, version = (asked.definition_set or current.definition_set.code).partition("@")
    rows = published_bases().filter(
        release__year=asked.year or current.year, definition_set__code=name
    )
    if version:
        rows = rows.filter(definition_set__version=int(version) if version.isdigit() else 0)
    if asked.imputation:
        rows = rows.filter(imputation=asked.imputation)
    fitting = list(rows)
    return next(iter(sorted(fitting, key=lambda row: _distance(row, current))), None)


def _distance(row: Basis, current: Basis) -> tuple[bool, bool, int]:
    """The same kind of file first, then the same treatment, then the newest version."""
    return (
        row.release.unit != current.release.unit,
        row.imputation != current.imputation,
        -row.definition_set.version,
    )


def same_series(basis: Basis) -> list[Basis]:
    """Return the published Bases that differ from this one by year alone, oldest first."""
    rows = published_bases().filter(
        definition_set__code=basis.definition_set.code,
        imputation=basis.imputation,
        release__unit=basis.release.unit,
        release__is_synthetic=basis.release.is_synthetic,
    )
    by_year: dict[int, Basis] = {}
    for row in rows:  # the last published of a year comes first
        by_year.setdefault(row.year, row)
    by_year[basis.year] = basis
    return [by_year[year] for year in sorted(by_year)]
