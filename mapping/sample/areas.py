"""Sample economic areas: every county goes with its nearest centre.

The real areas come from the Bureau of Economic Analysis with `load_data`; these stand in for them
on a machine without that file, and are drawn from the counties' places on the map alone.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from mapping.rules.projection import ALASKA, HAWAII
from mapping.rules.states import STATES
from mapping.rules.topology import Point

HOW_MANY = 160
SAMPLE_MARK = "S"  # every code begins with it; real codes are three digits


@dataclass(frozen=True, slots=True)
class SampleCounty:
    """A county with its real name and its place on the sheet."""

    fips: str
    name: str
    place: Point

    @property
    def full_name(self) -> str:
        """The name with its state's postal code."""
        return f"{self.name}, {STATES[self.fips[:2]].postal}"


@dataclass(frozen=True, slots=True)
class SampleAreas:
    """Area names by code, and the area of every county."""

    names: Mapping[str, str]
    area_of: Mapping[str, str]


def sample_areas(counties: Sequence[SampleCounty], centres: Sequence[str]) -> SampleAreas:
    """Divide the counties among the given centres and the remotest counties beside them."""
    by_fips = {county.fips: county for county in counties}
    heads = [by_fips[fips] for fips in centres if fips in by_fips]
    nearest = _Nearest(counties)
    for head in heads:
        nearest.add(head)
    while len(heads) < min(HOW_MANY, len(counties)):
        heads.append(nearest.remotest())
        nearest.add(heads[-1])
    ordered = sorted(heads, key=lambda head: head.full_name)
    codes = {head.fips: f"{SAMPLE_MARK}{number:02X}" for number, head in enumerate(ordered)}
    return SampleAreas(
        names={codes[head.fips]: _area_name(head) for head in ordered},
        area_of={fips: codes[head] for fips, head in nearest.head_of.items()},
    )


def _area_name(head: SampleCounty) -> str:
    return f"{head.name} area, {STATES[head.fips[:2]].postal}"


class _Nearest:
    """The nearest head of every county, kept up as heads are added."""

    def __init__(self, counties: Sequence[SampleCounty]) -> None:
        self.counties = counties
        self.head_of: dict[str, str] = {}
        self.distance = {county.fips: float("inf") for county in counties}

    def add(self, head: SampleCounty) -> None:
        """Let a head claim the counties that lie nearer to it than to any other."""
        for county in self.counties:
            distance = apart(county, head)
            if distance < self.distance[county.fips]:
                self.distance[county.fips] = distance
                self.head_of[county.fips] = head.fips

    def remotest(self) -> SampleCounty:
        """Return the county farthest from every head; the lower code wins a tie."""
        candidates = [county for county in self.counties if not _inset(county)] or self.counties
        return max(candidates, key=lambda county: (self.distance[county.fips], -int(county.fips)))


def apart(one: SampleCounty, other: SampleCounty) -> float:
    """Squared distance on the sheet; counties on different insets are never near."""
    if _inset(one) != _inset(other):
        return 1e9
    across, down = one.place[0] - other.place[0], one.place[1] - other.place[1]
    return across * across + down * down


def _inset(county: SampleCounty) -> str:
    state = county.fips[:2]
    return state if state in {ALASKA, HAWAII} else ""
