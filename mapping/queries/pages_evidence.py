"""The lines behind one figure as a table that leaves the portal."""

from __future__ import annotations

from collections.abc import Iterator

from mapping.queries.evidence import Evidence
from records.exports import Column, Kind, Table

COLUMNS = (
    Column("line", "cell, residual or absent industry."),
    Column("county", "County of the line; empty for an industry absent from the whole region."),
    Column("code", "Six-digit code of a cell; four-digit code of a residual or absent industry."),
    Column("part", "cluster, rest, or both: what the line belongs or could belong to."),
    Column("flag", "Letter of the size class or noise of the cell."),
    Column("establishments", "Establishments of the cell.", Kind.WHOLE),
    Column("employment", "Jobs as the file has them.", Kind.WHOLE),
    Column("payroll_1000_usd", "Annual payroll of the cell in thousands of dollars.", Kind.WHOLE),
    Column("is_paid", "Whether a cell publishes both jobs and pay.", Kind.YES_NO),
    Column("counted", "Jobs that enter the value.", Kind.WHOLE),
    Column("cluster_certain", "Least jobs that the line proves for the cluster.", Kind.WHOLE),
    Column("cluster_possible", "Most jobs that it allows for the cluster.", Kind.WHOLE),
    Column("rest_certain", "Least jobs that it proves for the rest of the base.", Kind.WHOLE),
    Column("rest_possible", "Most jobs that it allows for the rest of the base.", Kind.WHOLE),
    Column("missing_codes", "Six-digit codes below a residual that have no published number."),
    Column("basis", "Reference of the set of measures."),
)
BOTH, CLUSTER, REST = "both", "cluster", "rest"


def evidence_table(stem: str, title: str, found: Evidence) -> Table:
    """Every line as a row; the four columns of certain and possible add up to the parts."""
    basis = found.basis
    is_sample = basis.is_synthetic
    return Table(
        stem=f"{'sample-' if is_sample else ''}{stem}",
        title=title,
        columns=COLUMNS,
        rows=(*_cells(found), *_residuals(found), *_absent(found)),
        source=f"{basis.release}; basis {basis.reference}",
        notes=("Sample data, not statistics.",) if is_sample else (),
    )


def _cells(found: Evidence) -> Iterator[tuple[object, ...]]:
    for cell in found.lines.cells:
        bounds = (cell.least, cell.most, 0, 0) if cell.is_cluster else (0, 0, cell.least, cell.most)
        yield (
            "cell",
            cell.county,
            cell.code,
            CLUSTER if cell.is_cluster else REST,
            cell.flag,
            cell.establishments,
            cell.employment,
            cell.payroll,
            cell.is_paid,
            cell.counted,
            *bounds,
            "",
            found.basis.reference,
        )


def _residuals(found: Evidence) -> Iterator[tuple[object, ...]]:
    for one in found.lines.residuals:
        yield (
            "residual",
            one.county,
            one.parent,
            _part(one.cluster_possible > 0, one.rest_possible > 0),
            *("", None, one.residual, None, None, None),
            one.cluster_certain,
            one.cluster_possible,
            one.rest_certain,
            one.rest_possible,
            " ".join(one.missing),
            found.basis.reference,
        )


def _absent(found: Evidence) -> Iterator[tuple[object, ...]]:
    for one in found.lines.absent:
        yield (
            "absent industry",
            "",
            one.parent,
            _part(one.is_of_cluster, one.is_of_rest),
            *("", None, None, None, None, None, 0),
            one.jobs if one.is_of_cluster else 0,
            0,
            one.jobs if one.is_of_rest else 0,
            "",
            found.basis.reference,
        )


def _part(is_of_cluster: bool, is_of_rest: bool) -> str:  # noqa: FBT001 - two facts of one line
    if is_of_cluster and is_of_rest:
        return BOTH
    return CLUSTER if is_of_cluster else REST
