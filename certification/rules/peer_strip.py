"""A strip chart: where a region stands among the economic areas of its size.

Positions are whole units of a drawing that is ``WIDTH`` wide; the table twin shows the figures.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction

from mapping.rules.bounds import Bounds

WIDTH = 640
MARGIN = 16
STEPS = (Fraction(1, 2), Fraction(1), Fraction(2), Fraction(5), Fraction(10), Fraction(50))
MOST_TICKS = 8


@dataclass(frozen=True)
class Tick:
    """A labelled place on the axis."""

    x: int
    label: str


@dataclass(frozen=True)
class Strip:
    """Everything that the drawing needs. Areas beyond the end stand at its edge."""

    dots: tuple[int, ...]
    low: int
    value: int
    high: int
    line: int
    one: int
    ticks: tuple[Tick, ...]
    beyond: int

    @property
    def bar_width(self) -> int:
        """Width of the bar from low to high; never invisible."""
        return max(2, self.high - self.low)


def strip(peers: Iterable[Fraction], own: Bounds, line: Fraction) -> Strip:
    """Lay out peers, the region's own range and the line on one axis from zero."""
    quotients = sorted(peers)
    end = _end(quotients, own, line)

    def place(quotient: Fraction) -> int:
        inside = min(quotient, end)
        return MARGIN + int(inside / end * (WIDTH - 2 * MARGIN))

    return Strip(
        dots=tuple(place(quotient) for quotient in quotients),
        low=place(own.low),
        value=place(own.value),
        high=place(own.high),
        line=place(line),
        one=place(Fraction(1)),
        ticks=tuple(Tick(place(at), _label(at)) for at in _ticks(end)),
        beyond=sum(quotient > end for quotient in quotients),
    )


def _end(quotients: list[Fraction], own: Bounds, line: Fraction) -> Fraction:
    """The end of the axis: most areas fit, and the region with its line always does."""
    most = quotients[int(len(quotients) * 0.95)] if quotients else Fraction(0)
    return max(most, own.high, line, Fraction(2)) * Fraction(21, 20)


def _ticks(end: Fraction) -> list[Fraction]:
    step = next((one for one in STEPS if end / one <= MOST_TICKS), end / MOST_TICKS)
    return [step * number for number in range(int(end / step) + 1)]


def _label(at: Fraction) -> str:
    return str(at.numerator) if at.denominator == 1 else f"{float(at):.1f}"
