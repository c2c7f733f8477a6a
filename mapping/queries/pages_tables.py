"""The table twin of a map: sorted, and as rows for a download."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from mapping.queries.figures import Figure

Key = Callable[[Figure], float | str]

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
}
CSV_HEADER = (
    "region_code",
    "region",
    "cluster_code",
    "employment_low",
    "employment",
    "employment_high",
    "establishments",
    "payroll_1000_usd",
    "lq_low",
    "lq",
    "lq_high",
    "lq_total_low",
    "lq_total",
    "lq_total_high",
    "share_of_nation",
    "share_of_region",
    "classes",
    "source",
    "basis",
    "synthetic",
)


def sort_of(asked: str, default: str) -> str:
    """Return the sort that was asked for if there is such a column."""
    return asked if asked.removeprefix("-") in SORTS else default


def sorted_figures(figures: Iterable[Figure], sort: str) -> list[Figure]:
    """Sort by a column's key, downwards for "-key"; equal figures by name."""
    by_name = sorted(figures, key=lambda figure: figure.name)
    return sorted(by_name, key=SORTS[sort.removeprefix("-")], reverse=sort.startswith("-"))


def csv_rows(
    figures: Iterable[Figure], *, source: str, basis: str, is_synthetic: bool
) -> Iterator[tuple[object, ...]]:
    """Yield the rows of a download; each says where it comes from and whether it is invented."""
    for figure in figures:
        yield (
            figure.code,
            figure.name,
            figure.cluster,
            figure.jobs.low,
            figure.jobs.value,
            figure.jobs.high,
            figure.establishments,
            figure.payroll,
            *(
                f"{end:.6f}"
                for reading in (figure.lq, figure.lq_total)
                for end in (reading.low, reading.value, reading.high)
            ),
            f"{figure.share.value:.8f}",
            f"{figure.share_of_region:.8f}",
            " ".join(figure.classes),
            source,
            basis,
            "synthetic" if is_synthetic else "",
        )
