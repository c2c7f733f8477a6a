"""Sample economic areas: every county goes with its nearest centre.

The real areas come from the Bureau of Economic Analysis with `load_data`; these stand in for them
on a machine without that file, and are drawn from the counties' places on the map alone.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from mapping.rules.projection import ALASKA, HAWAII
from mapping.rules.states import STATES
from mapping.rules.topology import Point

HOW_MANY = 160
NEVER_NEAR = 1e9
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
        self.places = Places(counties)
        self.head = np.full(len(counties), -1, dtype=np.int64)
        self.distance = np.full(len(counties), np.inf)

    @property
    def head_of(self) -> dict[str, str]:
        """The head of every county, by code."""
        pairs = zip(self.counties, self.head.tolist(), strict=True)
        return {county.fips: self.counties[head].fips for county, head in pairs}

    def add(self, head: SampleCounty) -> None:
        """Let a head claim the counties that lie nearer to it than to any other."""
        distance = self.places.from_one(head)
        nearer = distance < self.distance
        self.distance[nearer] = distance[nearer]
        self.head[nearer] = self.counties.index(head)

    def remotest(self) -> SampleCounty:
        """Return the mainland county farthest from every head; the first wins a tie."""
        on_mainland = self.places.inset == 0
        reach = np.where(on_mainland, self.distance, -1.0) if on_mainland.any() else self.distance
        return self.counties[int(reach.argmax())]


class Places:
    """Where counties lie on the sheet; those on different insets are never near."""

    def __init__(self, counties: Sequence[SampleCounty]) -> None:
        self.at = np.array([county.place for county in counties], dtype=np.float64)
        self.inset = np.array([inset_of(county.fips) for county in counties], dtype=np.int64)

    def from_one(self, county: SampleCounty) -> NDArray[np.float64]:
        """Return the squared distance of all counties from one."""
        apart = ((self.at - np.array(county.place)) ** 2).sum(axis=1)
        return np.where(self.inset == inset_of(county.fips), apart, NEVER_NEAR)


def inset_of(fips: str) -> int:
    """Return 1 for Alaska, 2 for Hawaii, 0 for the mainland."""
    return {ALASKA: 1, HAWAII: 2}.get(fips[:2], 0)
