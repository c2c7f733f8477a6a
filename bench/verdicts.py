"""What was measured, held against its bar."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Bar:
    """One measured time; None where no bar was set."""

    name: str
    seconds: float
    bar: float | None

    @property
    def is_held(self) -> bool:
        """Whether the time is within the bar."""
        return self.bar is None or self.seconds <= self.bar


def table(title: str, bars: Sequence[Bar]) -> bool:
    """Print the table; whether every bar was held."""
    print(f"\n{title}\n{'':<52} {'seconds':>8} {'bar':>6}")
    for one in bars:
        bar = "-" if one.bar is None else f"{one.bar:g}"
        print(f"{one.name:<52} {one.seconds:8.2f} {bar:>6}{'' if one.is_held else '  MISSED'}")
    return all(one.is_held for one in bars)
