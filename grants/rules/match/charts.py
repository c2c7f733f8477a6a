"""The charts of an award's position as SVG text; colours come from the style sheet by class.

Every chart stands beside a table with the same figures, so that nothing is told by a drawing alone.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from html import escape

WIDTH, HEIGHT = 640, 220
LEFT, RIGHT, TOP, BOTTOM = 70, 630, 14, 184
MARK = 2


@dataclass(frozen=True, slots=True)
class Segment:
    """A part of a bar: its class of colour, what it is, how far it reaches from the left."""

    css_class: str
    name: str
    until: Decimal


def bar_svg(segments: Sequence[Segment], whole: Decimal, mark: Decimal | None, label: str) -> str:
    """Return one bar: segments on top of each other, the longest first; a mark where one is due.

    >>> "63.8" in bar_svg([Segment("bar--good", "Drawn", Decimal(10))], Decimal(100), None, "Drawn")
    True
    """
    largest = max([whole, *(one.until for one in segments), mark or Decimal(0)])
    scale = Decimal(WIDTH - MARK) / largest if largest else Decimal(0)
    drawn = [
        f'<rect class="{one.css_class}" x="0" y="6" width="{_at(one.until * scale)}" height="20">'
        f"<title>{escape(one.name)}: ${one.until:,.2f}</title></rect>"
        for one in sorted(segments, key=lambda one: one.until, reverse=True)
    ]
    if mark is not None:
        x = _at(mark * scale)
        drawn.append(
            f'<line class="bar__mark" x1="{x}" x2="{x}" y1="0" y2="32">'
            f"<title>Required to date: ${mark:,.2f}</title></line>"
        )
    ground = f'<rect class="bar__ground" x="0" y="6" width="{_at(whole * scale)}" height="20"/>'
    return (
        f'<svg class="chart bar" viewBox="0 0 {WIDTH} 32" role="img" aria-label="{escape(label)}"'
        f' preserveAspectRatio="none">{ground}{"".join(drawn)}</svg>'
    )


@dataclass(frozen=True, slots=True)
class Line:
    """A line over time: days and what was reached on each; it stays level in between."""

    css_class: str
    name: str
    points: Sequence[tuple[date, Decimal]]


def lines_svg(lines: Sequence[Line], period: tuple[date, date], whole: Decimal, label: str) -> str:
    """Return stepped lines over the period of performance, with an axis of days and of dollars."""
    first, last = period
    drawn = [_axis(first, last, whole)]
    for line in lines:
        path = _steps(line.points, period, whole)
        drawn.append(
            f'<path class="{line.css_class}" d="{path}"><title>{escape(line.name)}</title></path>'
        )
    return (
        f'<svg class="chart lines" viewBox="0 0 {WIDTH} {HEIGHT}" role="img"'
        f' aria-label="{escape(label)}">{"".join(drawn)}</svg>'
    )


def _axis(first: date, last: date, whole: Decimal) -> str:
    middle = first + (last - first) / 2
    days = ((LEFT, first, "start"), ((LEFT + RIGHT) // 2, middle, "middle"), (RIGHT, last, "end"))
    parts = [
        f'<text x="{x}" y="{BOTTOM + 22}" text-anchor="{anchor}">'
        f"{day:%b} {day.day}, {day.year}</text>"
        for x, day, anchor in days
    ]
    for share in (0, 1, 2):
        y = BOTTOM - (BOTTOM - TOP) * share // 2
        parts.append(f'<line class="chart__axis" x1="{LEFT}" x2="{RIGHT}" y1="{y}" y2="{y}"/>')
        words = _short(whole * share / 2)
        parts.append(f'<text x="{LEFT - 8}" y="{y + 4}" text-anchor="end">{words}</text>')
    return "".join(parts)


def _steps(
    points: Sequence[tuple[date, Decimal]], period: tuple[date, date], whole: Decimal
) -> str:
    first, last = period
    days = max((last - first).days, 1)
    path = [f"M{LEFT} {BOTTOM}"]
    for day, amount in points:
        at = min(max((day - first).days, 0), days)
        x = _at(Decimal(LEFT) + Decimal(RIGHT - LEFT) * at / days)
        height = Decimal(BOTTOM - TOP) * min(amount / whole, Decimal(1)) if whole else Decimal(0)
        path.append(f"H{x}V{_at(BOTTOM - height)}")
    return "".join(path)


THOUSAND = 1_000


def _short(amount: Decimal) -> str:
    """Dollars for an axis: $250K, $1.5M."""
    for size, letter in ((THOUSAND * THOUSAND, "M"), (THOUSAND, "K")):
        if amount >= size:
            return f"${(amount / size).normalize():f}{letter}"
    return f"${amount:,.0f}"


def _at(value: Decimal) -> str:
    return f"{value:.1f}".removesuffix(".0")
