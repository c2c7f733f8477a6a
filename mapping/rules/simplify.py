"""Fewer points on a line, the shape kept: Visvalingam and Whyatt's smallest triangles."""

from __future__ import annotations

import heapq
from collections.abc import Sequence

from mapping.rules.topology import Point

LEAST_OF_A_RING = 4


def triangle(first: Point, second: Point, third: Point) -> float:
    """Return the area of a triangle."""
    across = (second[0] - first[0]) * (third[1] - first[1])
    down = (third[0] - first[0]) * (second[1] - first[1])
    return abs(across - down) / 2


def simplified(line: Sequence[Point], tolerance: float) -> tuple[Point, ...]:
    """Drop, smallest first, the points whose triangle is below the tolerance.

    Both ends always stay, so that lines which meet still meet; a closed line keeps enough points
    to enclose an area, and an open line keeps one between its ends if it had one, so that two
    lines between the same ends do not fall onto each other.
    """
    count = len(line)
    least = LEAST_OF_A_RING if line[0] == line[-1] else 3
    if count <= least:
        return tuple(line)
    before, after = list(range(-1, count - 1)), list(range(1, count + 1))
    area = [0.0, *(triangle(*line[at - 1 : at + 2]) for at in range(1, count - 1)), 0.0]
    heap = [(area[at], at) for at in range(1, count - 1)]
    heapq.heapify(heap)
    dropped: set[int] = set()
    while heap and count - len(dropped) > least:
        size, at = heapq.heappop(heap)
        if at in dropped or size != area[at]:
            continue  # an entry that a later one replaced
        if size >= tolerance:
            break
        dropped.add(at)
        after[before[at]], before[after[at]] = after[at], before[at]
        for near in (before[at], after[at]):
            if 0 < near < len(line) - 1:
                now = triangle(line[before[near]], line[near], line[after[near]])
                area[near] = max(now, size)
                heapq.heappush(heap, (area[near], near))
    return tuple(point for at, point in enumerate(line) if at not in dropped)
