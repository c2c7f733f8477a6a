"""The table twin of a map: sorted, and as rows for a download."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from decimal import Decimal

from mapping.models import Basis
from mapping.queries.figures import Figure
from records.exports import Column, Kind, Table

Key = Callable[[Figure], float | str]

NEVER = -1e12  # what has no figure comes after what has one

SORTS: dict[str, Key] = {
    "name": lambda figure: figure.name,
    "jobs": lambda figure: figure.jobs.value,
    "establishments": lambda figure: figure.establishments,
    "lq": lambda figure: figure.lq.value,
    "low": lambda figure: figure.lq.low,
    "high": lambda figure: figure.lq.high,
    "lq-total": lambda figure: figure.lq_total.value,
    "share": lambda figure: figure.share.value,
    "region": lambda figure: figure.share_of_region,
    "growth": lambda figure: figure.growth if figure.growth is not None else NEVER,
    "rank": lambda figure: figure.rank or -NEVER,
    "wage": lambda figure: figure.wage,
}
COLUMNS = (
    Column("region_code", "FIPS code or number of the region, as text."),
    Column("region", "Name of the region."),
    Column("cluster_code", "Code of the cluster in its definition set."),
    Column("employment_low", "Jobs: the least that the published data allow.", Kind.WHOLE),
    Column("employment", "Jobs, withheld cells read as the basis says.", Kind.WHOLE),
    Column("employment_high", "Jobs: the most that the published data allow.", Kind.WHOLE),
    Column("establishments", "Number of establishments.", Kind.WHOLE),
    Column("payroll_1000_usd", "Annual payroll in thousands of dollars.", Kind.WHOLE),
    Column("lq_low", "Least location quotient over the cluster's own base.", Kind.NUMBER),
    Column("lq", "Location quotient over the cluster's own base.", Kind.NUMBER),
    Column("lq_high", "Most location quotient over the cluster's own base.", Kind.NUMBER),
    Column("lq_total_low", "Least location quotient over all jobs.", Kind.NUMBER),
    Column("lq_total", "Location quotient over all jobs.", Kind.NUMBER),
    Column("lq_total_high", "Most location quotient over all jobs.", Kind.NUMBER),
    Column("share_of_nation", "Share of the nation's jobs in the cluster.", Kind.NUMBER),
    Column("share_of_region", "Share of the region's jobs.", Kind.NUMBER),
    Column("rank", "Place by lq among regions of the type with jobs; 1 is highest.", Kind.WHOLE),
    Column("percentile", "Share of those regions whose lq is lower.", Kind.NUMBER),
    Column("growth", "Growth of jobs a year since growth_from.", Kind.NUMBER),
    Column("growth_from", "The earlier year that growth is measured from.", Kind.WHOLE),
    Column("jobs_created", "Jobs more than in growth_from.", Kind.WHOLE),
    Column("wage_usd", "Payroll for each job where both are published, a year.", Kind.WHOLE),
    Column("wage_is_partial", "Yes: some cells publish only jobs or only pay.", Kind.YES_NO),
    Column("classes", "Classes of strength, by a blank."),
    Column("source", "The data release."),
    Column("basis", "Reference of the basis: release, definitions, treatment of withheld cells."),
    Column("synthetic", "The word synthetic where the data are a sample and not statistics."),
)


def sort_of(asked: str, default: str) -> str:
    """Return the sort that was asked for if there is such a column."""
    return asked if asked.removeprefix("-") in SORTS else default


def sorted_figures(figures: Iterable[Figure], sort: str) -> list[Figure]:
    """Sort by a column's key, downwards for "-key"; equal figures by name."""
    by_name = sorted(figures, key=lambda figure: figure.name)
    return sorted(by_name, key=SORTS[sort.removeprefix("-")], reverse=sort.startswith("-"))


def figure_table(stem: str, title: str, figures: Iterable[Figure], basis: Basis) -> Table:
    """A table of figures as a download; each row says where it comes from."""
    is_sample = basis.is_synthetic
    return Table(
        stem=f"{'sample-' if is_sample else ''}{stem}",
        title=title,
        columns=COLUMNS,
        rows=(_row(figure, basis) for figure in figures),
        source=f"{basis.release}; basis {basis.reference}",
        notes=("Sample data, not statistics.",) if is_sample else (),
    )


def _row(figure: Figure, basis: Basis) -> tuple[object, ...]:
    return (
        figure.code,
        figure.name,
        figure.cluster,
        figure.jobs.low,
        figure.jobs.value,
        figure.jobs.high,
        figure.establishments,
        figure.payroll,
        *(
            Decimal(f"{end:.6f}")
            for reading in (figure.lq, figure.lq_total)
            for end in (reading.low, reading.value, reading.high)
        ),
        Decimal(f"{figure.share.value:.8f}"),
        Decimal(f"{figure.share_of_region:.8f}"),
        figure.rank,
        _decimals(figure.percentile),
        _decimals(figure.growth),
        figure.growth_from,
        figure.jobs_created,
        round(figure.wage) or None,
        figure.pay.is_partial,
        " ".join(figure.classes),
        str(basis.release),
        basis.reference,
        "synthetic" if basis.is_synthetic else "",
    )


def _decimals(value: float | None) -> Decimal | None:
    return None if value is None else Decimal(f"{value:.6f}")
