"""Which published data a page shows, and the same figures in the other years."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from mapping.models import Basis, Measure, RegionTotal
from mapping.queries.basis import published_bases
from mapping.queries.figures import Reading
from mapping.queries.pages_basis import basis_in_force
from mapping.queries.published import AskedBasis, asked_basis, same_series
from mapping.rules.terms import Imputation

METHOD_NAMES = {
    Imputation.PUBLISHED: "as published",
    Imputation.MIDPOINT: "withheld cells at the middle of their size class",
    Imputation.HIERARCHICAL: "open residuals shared among missing cells",
}


@dataclass(frozen=True, slots=True)
class DataChoice:
    """One published Basis as a page offers it."""

    reference: str
    year: int
    definitions: str
    method: str

    @property
    def label(self) -> str:
        """Year and treatment of withheld cells."""
        return f"{self.year}, {self.method}"


@dataclass(frozen=True, slots=True)
class ShownData:
    """What a page shows, and whether it is what counts now."""

    basis: Basis
    in_force: Basis

    @property
    def is_in_force(self) -> bool:
        """Whether figures and new decisions rest on it."""
        return self.basis.pk == self.in_force.pk

    @property
    def query(self) -> str:
        """The query that keeps a reader with these data; empty for the data in force."""
        return "" if self.is_in_force else f"basis={self.basis.reference}"

    @property
    def suffix(self) -> str:
        """What an address needs at its end to keep a reader with these data."""
        return f"?{self.query}" if self.query else ""


def shown_data(reference: str) -> ShownData | None:
    """Return the data that a page was asked for; None before any data are loaded.

    Raises:
        NotPublished: the reference names nothing that is public.
    """
    in_force = basis_in_force()
    if in_force is None:
        return None
    basis = asked_basis(AskedBasis(reference=reference)) if reference else in_force
    return ShownData(basis, in_force)


def data_choices() -> list[DataChoice]:
    """Return every published Basis, the newest data first."""
    return [
        DataChoice(
            reference=basis.reference,
            year=basis.year,
            definitions=str(basis.definition_set),
            method=METHOD_NAMES[Imputation(basis.imputation)],
        )
        for basis in published_bases().order_by(
            "-release__year", "definition_set__code", "-publication__at"
        )
    ]


@dataclass(frozen=True, slots=True)
class YearOfRegion:
    """A region in one year."""

    basis: Basis
    total: RegionTotal
    quotients: Sequence[Reading | None]


def years_of_region(
    basis: Basis, total: RegionTotal, clusters: Sequence[str]
) -> list[YearOfRegion]:
    """Return a region year by year, with the quotients of some clusters, oldest first.

    Nothing where one year alone is published. Only Bases that differ by the year alone are
    compared: the same definitions, the same treatment of withheld cells, the same kind of file.
    """
    series = {one.pk: one for one in same_series(basis)}
    if len(series) == 1:
        return []
    place = {"region_type": total.region_type, "region_code": total.region_code}
    totals = {row.basis_id: row for row in RegionTotal.objects.filter(basis__in=series, **place)}
    readings = {
        (row.basis_id, row.cluster_code): Reading(row.lq_low, row.lq, row.lq_high)
        for row in Measure.objects.filter(basis__in=series, cluster_code__in=clusters, **place)
    }
    return [
        YearOfRegion(one, totals[key], [readings.get((key, code)) for code in clusters])
        for key, one in series.items()
        if key in totals
    ]
