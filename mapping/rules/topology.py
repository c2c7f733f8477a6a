"""Topologies: shapes that share their borders as arcs, and their unions.

A TopoJSON file stores every border once, as an arc; a ring is a list of arc numbers, ``~n``
standing for arc ``n`` walked backwards. A union of counties is therefore made without any
geometry: a border between two members is walked once in each direction, and drops out.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import accumulate
from typing import Any

Point = tuple[float, float]
Arc = tuple[Point, ...]
Ring = tuple[int, ...]


class BrokenTopology(ValueError):
    """The file is not a topology of counties and states."""


@dataclass(frozen=True, slots=True)
class Outline:
    """One area of a topology: its code, its name, and its rings of arcs."""

    code: str
    name: str
    rings: tuple[Ring, ...]


@dataclass(frozen=True, slots=True)
class Topology:
    """Arcs in longitude and latitude, and the outlines of counties and states over them."""

    arcs: tuple[Arc, ...]
    counties: Mapping[str, Outline]
    states: Mapping[str, Outline]


def read_topology(document: Mapping[str, Any]) -> Topology:
    """Read a parsed TopoJSON document with the collections `counties` and `states`.

    Raises:
        BrokenTopology: it is something else, or an arc is missing.
    """
    try:
        objects = document["objects"]
        arcs = tuple(_decoded(document["arcs"], document.get("transform")))
        counties = _outlines(objects["counties"])
        states = _outlines(objects["states"])
    except (KeyError, TypeError, IndexError) as error:
        raise BrokenTopology(f"not a topology of counties and states: {error}") from error
    last = max(forward(number) for outline in counties.values() for number in _walk(outline))
    if last >= len(arcs):
        raise BrokenTopology(f"arc {last} is missing")
    return Topology(arcs, counties, states)


def forward(number: int) -> int:
    """Return the arc's own number, whichever way it is walked."""
    return number if number >= 0 else ~number


def _decoded(arcs: Iterable[Any], transform: Mapping[str, Any] | None) -> Iterator[Arc]:
    """Undo the delta coding and the quantisation."""
    if transform is None:
        yield from (tuple((point[0], point[1]) for point in arc) for arc in arcs)
        return
    (scale_x, scale_y), (left, bottom) = transform["scale"], transform["translate"]
    for arc in arcs:
        across = accumulate(step[0] for step in arc)
        upward = accumulate(step[1] for step in arc)
        yield tuple(
            (x * scale_x + left, y * scale_y + bottom) for x, y in zip(across, upward, strict=True)
        )


def _outlines(collection: Mapping[str, Any]) -> dict[str, Outline]:
    outlines = {}
    for geometry in collection["geometries"]:
        code, name = str(geometry["id"]), str(geometry["properties"]["name"])
        outlines[code] = Outline(code, name, tuple(_rings(geometry)))
    return outlines


def _rings(geometry: Mapping[str, Any]) -> Iterator[Ring]:
    """All rings of a Polygon or MultiPolygon; holes are rings like others."""
    kind = geometry["type"]
    if kind not in {"Polygon", "MultiPolygon"}:
        raise BrokenTopology(f"{kind} is no area")
    polygons = [geometry["arcs"]] if kind == "Polygon" else geometry["arcs"]
    for polygon in polygons:
        yield from (tuple(ring) for ring in polygon)


def _walk(outline: Outline) -> Iterator[int]:
    for ring in outline.rings:
        yield from ring


def merged_rings(members: Iterable[Outline], arcs: tuple[Arc, ...]) -> tuple[Ring, ...]:
    """Return the rings of the union of areas that share their borders.

    Rings that touch in a point may be joined there: under the even-odd rule the area is the same.
    Walks are counted, not merely noted: where a file was coarsened, a border can fold onto itself
    and be walked twice.
    """
    net: Counter[int] = Counter()
    for member in members:
        for number in _walk(member):
            net[forward(number)] += 1 if number >= 0 else -1
    walked = [
        number if times > 0 else ~number
        for number, times in sorted(net.items())
        for _ in range(abs(times))
    ]
    return tuple(_stitched(walked, arcs))


def _ends(number: int, arcs: tuple[Arc, ...]) -> tuple[Point, Point]:
    arc = arcs[forward(number)]
    return (arc[0], arc[-1]) if number >= 0 else (arc[-1], arc[0])


def _stitched(numbers: list[int], arcs: tuple[Arc, ...]) -> Iterator[Ring]:
    """Join arcs end to start until every ring is closed."""
    leaving: dict[Point, list[int]] = defaultdict(list)
    for number in numbers:
        leaving[_ends(number, arcs)[0]].append(number)
    for number in numbers:
        start, end = _ends(number, arcs)
        if number not in leaving[start]:
            continue
        leaving[start].remove(number)
        ring = [number]
        while end != start:
            if not leaving[end]:
                raise BrokenTopology(f"the ring that starts with arc {number} is open")
            ring.append(leaving[end].pop())
            end = _ends(ring[-1], arcs)[1]
        yield tuple(ring)


def shared_arcs(topology: Topology) -> tuple[int, ...]:
    """Return the arcs between two states: the lines that a map needs over its areas."""
    sides: dict[int, set[str]] = defaultdict(set)
    for county in topology.counties.values():
        for number in _walk(county):
            sides[forward(number)].add(county.code[:2])
    return tuple(sorted(number for number, states in sides.items() if len(states) > 1))
