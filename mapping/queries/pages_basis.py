"""The Basis that pages rest on, and the line that says so below every figure."""

from __future__ import annotations

from dataclasses import dataclass

from mapping.models import Basis, BasisSwitch
from mapping.rules.terms import Imputation

METHODS = {
    Imputation.PUBLISHED: "withheld cells at their published values, with bounds of what they "
    "could hold",
    Imputation.MIDPOINT: "withheld cells at the middle of their size class, with bounds",
    Imputation.HIERARCHICAL: "what four-digit totals leave open is shared among the missing cells, "
    "with bounds",
}


@dataclass(frozen=True, slots=True)
class SourceLine:
    """Where figures come from, as the component `source_line` shows it."""

    source: str
    year: int
    definitions: str
    method: str
    digest: str
    is_synthetic: bool


def basis_in_force() -> Basis | None:
    """Return the Basis that the last switch made current, or None before any data."""
    switch = BasisSwitch.objects.select_related(
        "basis__case", "basis__release", "basis__definition_set"
    ).first()
    return switch.basis if switch else None


def source_line(basis: Basis) -> SourceLine:
    """Return the source line of a Basis."""
    return SourceLine(
        source=basis.release.source,
        year=basis.year,
        definitions=str(basis.definition_set),
        method=METHODS[Imputation(basis.imputation)],
        digest=basis.digest[:12],
        is_synthetic=basis.is_synthetic,
    )
