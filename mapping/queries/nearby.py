"""Outlines near a drawn region, and how it compares with them (rules/gaming.py)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from mapping.models import Basis, Shape, ShapeSet
from mapping.queries.concentration import frame_of
from mapping.queries.county_sums import CountySums, county_sums
from mapping.queries.regions import areas_of_basis
from mapping.rules.gaming import Jobs, Neighbourhood, Standing, neighbourhood, standings
from mapping.rules.geometry import Detail
from mapping.rules.terms import RegionType


@dataclass(frozen=True, slots=True)
class Nearby:
    """The outlines near a drawn region, and its standing among them by cluster code."""

    outlines: Neighbourhood
    area: str
    by_cluster: Mapping[str, Standing]


def beside_of(shapes: ShapeSet) -> Mapping[str, tuple[str, ...]]:
    """Return which counties touch which; kept in memory, since drawn shapes never change."""
    return _beside(shapes.pk, shapes.source_digest)


@lru_cache(maxsize=2)
def _beside(shape_set_id: int, digest: str) -> dict[str, tuple[str, ...]]:
    del digest  # part of the key only: tests reuse numbers
    rows = Shape.objects.filter(
        shape_set=shape_set_id, layer=RegionType.COUNTY.value, detail=Detail.SHEET.value
    )
    found = rows.values_list("region_code", "neighbours")
    return {code: tuple(neighbours) for code, neighbours in found}


def nearby(basis: Basis, fips: frozenset[str], shapes: ShapeSet) -> Nearby:
    """Compare a drawn region with every outline near it."""
    sums, nation = county_sums(basis), frame_of(basis).nation
    area_of = _area_of(basis)
    holds = Counter(area_of[code] for code in sorted(fips) if code in area_of)
    areas = [area for area, _count in holds.most_common()]
    outlines = neighbourhood(sorted(fips), beside_of(shapes), areas)
    found = standings(
        outlines,
        _jobs(sums, outlines.fips),
        _jobs(sums, outlines.outside),
        {area: _whole(basis, sums, area) for area in areas},
        Jobs(nation.employment, nation.rest),
    )
    clusters = [cluster.code for cluster in frame_of(basis).plan.definition.clusters]
    return Nearby(outlines, areas[0] if areas else "", dict(zip(clusters, found, strict=True)))


def _jobs(sums: CountySums, fips: tuple[str, ...]) -> Jobs:
    return Jobs(sums.jobs("employment", fips), sums.jobs("rest", fips))


def _whole(basis: Basis, sums: CountySums, area: str) -> Jobs:
    whole = sums.union(_members(basis.geography_digest)[area])
    return Jobs(whole.employment, whole.rest)


def _area_of(basis: Basis) -> Mapping[str, str]:
    return _areas(basis.geography_digest) if basis.release.unit == "county" else {}


@lru_cache(maxsize=4)
def _members(geography_digest: str) -> Mapping[str, list[str]]:
    members: dict[str, list[str]] = {}
    for code, area in _areas(geography_digest).items():
        members.setdefault(area, []).append(code)
    return members


@lru_cache(maxsize=4)
def _areas(geography_digest: str) -> Mapping[str, str]:
    basis = Basis.objects.filter(geography_digest=geography_digest).first()
    return areas_of_basis(basis, RegionType.ECONOMIC_AREA) if basis else {}
