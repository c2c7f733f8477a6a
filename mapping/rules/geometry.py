"""Shapes for the map: borders projected and thinned once, unions drawn over them.

Borders are simplified as arcs, before any union is made, so that neighbours still meet exactly
and the area of a union is the sum of the areas of its members, at every level of detail.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from mapping.rules.projection import OFF_THE_SHEET, conic_of
from mapping.rules.simplify import simplified
from mapping.rules.topology import (
    Arc,
    Outline,
    Point,
    Ring,
    Topology,
    forward,
    merged_rings,
    shared_arcs,
)

STATE_LINES = "state-lines"
# Lines that set the insets of Alaska and Hawaii apart, in sheet units.
INSET_LINES = (
    ((-60, 432), (128, 432), (226, 512), (226, 612)),
    ((226, 512), (300, 512), (376, 612)),
)


class Detail(StrEnum):
    """How finely shapes are drawn: for the whole sheet, or for one region filling it."""

    SHEET = "sheet"
    REGION = "region"


@dataclass(frozen=True, slots=True)
class Fineness:
    """How a level of detail is drawn.

    Attributes:
        grid: Steps of a coordinate per sheet unit (a unit is a pixel of a map 975 wide).
        point: Smallest triangle worth a point, in square sheet units.
        island: Smallest island worth a ring, in square sheet units.
    """

    grid: int
    point: float
    island: float


# The first is chosen so that all counties fit a page of about 170 kB compressed.
FINENESS: Mapping[Detail, Fineness] = {
    Detail.SHEET: Fineness(6, 0.25, 0.5),
    Detail.REGION: Fineness(24, 0.01, 0.01),
}


@dataclass(frozen=True, slots=True)
class Box:
    """The rectangle around a shape, in grid steps."""

    left: int
    top: int
    right: int
    bottom: int


@dataclass(frozen=True, slots=True)
class Shape:
    """One drawn area: SVG path data on the grid, its box, and a point well inside."""

    code: str
    path: str
    box: Box
    label: tuple[int, int]
    area: float


@dataclass(frozen=True, slots=True)
class Sheet:
    """All borders of one level of detail, projected, thinned and set on the grid."""

    topology: Topology
    detail: Detail
    arcs: tuple[Arc, ...]


def on_sheet(topology: Topology) -> dict[str, Outline]:
    """Return the counties that the sheet shows (the territories lie outside)."""
    return {
        code: county for code, county in topology.counties.items() if code[:2] not in OFF_THE_SHEET
    }


def make_sheet(topology: Topology, detail: Detail) -> Sheet:
    """Project and thin every border once."""
    fineness = FINENESS[detail]
    arcs: list[Arc] = [()] * len(topology.arcs)
    for code, county in on_sheet(topology).items():
        project = conic_of(code[:2]).projected()
        for number in {forward(walked) for ring in county.rings for walked in ring}:
            if not arcs[number]:
                line = [project(point) for point in topology.arcs[number]]
                arcs[number] = _snapped(simplified(line, fineness.point), fineness.grid)
    return Sheet(topology, detail, tuple(arcs))


def _snapped(line: Iterable[Point], grid: int) -> Arc:
    """Round to the grid; neighbours round alike because they share the arc."""
    snapped: list[Point] = []
    for x, y in line:
        point = (round(x * grid), round(y * grid))
        if not snapped or snapped[-1] != point:
            snapped.append(point)
    if len(snapped) == 1:
        snapped.append(snapped[0])
    return tuple(snapped)


def draw(sheet: Sheet, regions: Mapping[str, Iterable[str]]) -> dict[str, Shape]:
    """Draw unions of counties: region code -> county codes.

    Counties that the topology does not know are left out; a region of which nothing is left
    has no shape.
    """
    counties = on_sheet(sheet.topology)
    shapes = {}
    for code, members in regions.items():
        outlines = [counties[fips] for fips in members if fips in counties]
        if outlines:
            shapes[code] = _shape(sheet, code, merged_rings(outlines, sheet.topology.arcs))
    return shapes


def draw_state_lines(sheet: Sheet) -> Shape:
    """Draw the borders between states, to lie over the areas of a map."""
    lines = [sheet.arcs[number] for number in shared_arcs(sheet.topology) if sheet.arcs[number]]
    path = "".join(path_data(line, is_closed=False) for line in lines)
    return Shape(STATE_LINES, path, _box(lines), (0, 0), 0.0)


def inset_path(detail: Detail) -> str:
    """Return the lines around the insets as SVG path data."""
    grid = FINENESS[detail].grid
    lines = [tuple((x * grid, y * grid) for x, y in line) for line in INSET_LINES]
    return "".join(path_data(line, is_closed=False) for line in lines)


def _shape(sheet: Sheet, code: str, rings: tuple[Ring, ...]) -> Shape:
    lines = [_ring_line(sheet, ring) for ring in rings]
    by_size = sorted(lines, key=lambda line: -abs(signed_area(line)))
    fineness = FINENESS[sheet.detail]
    least = fineness.island * fineness.grid**2
    kept = by_size[:1] + [line for line in by_size[1:] if abs(signed_area(line)) >= least]
    if not signed_area(kept[0]):
        kept = [_dot(kept[0], fineness.grid)]
    return Shape(
        code=code,
        path="".join(path_data(line, is_closed=True) for line in kept),
        box=_box(kept),
        label=middle_of(kept[0]),
        area=sum(signed_area(line) for line in lines),
    )


def _dot(line: Arc, grid: int) -> Arc:
    """Stand in for an area that the file's own coarseness has folded flat (Falls Church)."""
    x, y = middle_of(line)
    half = max(1, grid // 4)
    return ((x, y - half), (x + half, y), (x, y + half), (x - half, y))


def _ring_line(sheet: Sheet, ring: Ring) -> Arc:
    line: list[Point] = []
    for number in ring:
        arc = sheet.arcs[forward(number)]
        walked = arc if number >= 0 else arc[::-1]
        line.extend(walked[1:] if line else walked)
    return tuple(line)


def signed_area(line: Arc) -> float:
    """Return the area inside a closed line; the sign tells the way it is walked."""
    return (
        sum(a[0] * b[1] - b[0] * a[1] for a, b in zip(line, line[1:] + line[:1], strict=True)) / 2
    )


def middle_of(line: Arc) -> tuple[int, int]:
    """Return the centre of gravity of a closed line, or of its box if it encloses nothing."""
    area = signed_area(line)
    if not area:
        box = _box([line])
        return (box.left + box.right) // 2, (box.top + box.bottom) // 2
    x = y = 0.0
    for a, b in zip(line, line[1:] + line[:1], strict=True):
        cross = a[0] * b[1] - b[0] * a[1]
        x += (a[0] + b[0]) * cross
        y += (a[1] + b[1]) * cross
    return round(x / (6 * area)), round(y / (6 * area))


def _box(lines: Iterable[Arc]) -> Box:
    points = [point for line in lines for point in line]
    across, down = [point[0] for point in points], [point[1] for point in points]
    return Box(int(min(across)), int(min(down)), int(max(across)), int(max(down)))


def path_data(line: Arc, *, is_closed: bool) -> str:
    """Return SVG path data of a line on the grid, in relative steps and as short as can be.

    >>> path_data(((0, 0), (10, 0), (10, 5), (7, 3), (0, 0)), is_closed=True)
    'M0 0h10v5l-3-2z'
    """
    (x, y), *rest = ((int(px), int(py)) for px, py in line)
    parts, command = [f"M{x} {y}"], ""
    if is_closed and rest and rest[-1] == (x, y):
        rest.pop()
    for next_x, next_y in rest:
        step_x, step_y = next_x - x, next_y - y
        text, command = _step(step_x, step_y, command)
        parts.append(text)
        x, y = next_x, next_y
    return "".join(parts) + ("z" if is_closed else "")


def _step(across: int, down: int, command: str) -> tuple[str, str]:
    """Return the text of one step and the command it leaves in force."""
    if not down:
        return f"h{across}", "h"
    if not across:
        return f"v{down}", "v"
    numbers = f"{across}{'' if down < 0 else ' '}{down}"
    if command == "l":
        return (numbers if across < 0 else f" {numbers}"), "l"
    return f"l{numbers}", "l"


def neighbours(
    topology: Topology, regions: Mapping[str, Iterable[str]]
) -> dict[str, tuple[str, ...]]:
    """Tell which regions share a border (a common point is not enough)."""
    counties = on_sheet(topology)
    owner = {fips: code for code, members in regions.items() for fips in members}
    sides: dict[int, set[str]] = {}
    for fips, county in counties.items():
        if fips in owner:
            for number in {forward(walked) for ring in county.rings for walked in ring}:
                sides.setdefault(number, set()).add(owner[fips])
    beside: dict[str, set[str]] = {code: set() for code in regions}
    for codes in sides.values():
        for code in codes:
            beside[code] |= codes - {code}
    return {code: tuple(sorted(others)) for code, others in beside.items()}
