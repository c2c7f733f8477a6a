"""What was measured, held against its bar; kept for docs/benchmarks.md as it is printed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Bar:
    """One measured figure; None where no bar was set."""

    name: str
    seconds: float
    bar: float | None
    unit: str = "s"

    @property
    def is_held(self) -> bool:
        """Whether the figure is within the bar."""
        return self.bar is None or self.seconds <= self.bar

    @property
    def figure(self) -> str:
        """The figure as it is written: hundredths of a second, whole megabytes."""
        return f"{self.seconds:.2f}" if self.unit == "s" else f"{self.seconds:.0f}"


@dataclass(frozen=True, slots=True)
class Table:
    """One table as it was printed."""

    title: str
    bars: tuple[Bar, ...]


PRINTED: list[Table] = []


def table(title: str, bars: Sequence[Bar]) -> bool:
    """Print the table; whether every bar was held."""
    PRINTED.append(Table(title, tuple(bars)))
    print(f"\n{title}\n{'':<60} {'':>10} {'bar':>8}")
    for one in bars:
        bar = "-" if one.bar is None else f"{one.bar:g}"
        verdict = "" if one.is_held else "  MISSED"
        print(f"{one.name:<60} {one.figure:>7} {one.unit:<2} {bar:>8}{verdict}")
    return all(one.is_held for one in bars)
