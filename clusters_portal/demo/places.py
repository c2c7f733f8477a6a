"""Where the demo groups are: pairs of region and cluster found in the data that are loaded."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from certification.rules.groups import RegionKind
from certification.rules.region_choice import ChosenCluster, ChosenRegion
from mapping.models import Basis, Cluster, Measure
from mapping.queries.regions import region_by_code
from mapping.rules.terms import RegionType


class Strength(StrEnum):
    """How the published figures speak for a place."""

    STRONG = "strong"
    DOUBTFUL = "doubtful"
    WEAK = "weak"


@dataclass(frozen=True)
class Place:
    """A region and a cluster for one group."""

    cluster: ChosenCluster
    region: ChosenRegion

    @property
    def city(self) -> str:
        """The first city of the region's name ("Seattle" of "Seattle-Tacoma-Olympia, WA")."""
        return self.region.name.partition(",")[0].partition("-")[0].strip()


def find_places(basis: Basis, strength: Strength, count: int) -> list[Place]:
    """Return places of one strength, each with a city and a cluster of its own."""
    chosen: list[Place] = []
    cities: set[str] = set()
    clusters: set[str] = set()
    for place in _candidates(basis, strength):
        if place.city in cities or place.cluster.code in clusters:
            continue
        cities.add(place.city)
        clusters.add(place.cluster.code)
        chosen.append(place)
        if len(chosen) == count:
            break
    return chosen


def _candidates(basis: Basis, strength: Strength) -> Iterator[Place]:
    measures = Measure.objects.filter(
        basis=basis,
        region_type=RegionType.ECONOMIC_AREA,
        cluster_code__in=Cluster.objects.filter(
            definition_set=basis.definition_set, kind="traded"
        ).values("code"),
    )
    names = dict(basis.definition_set.clusters.values_list("code", "name"))
    if strength is Strength.STRONG:
        rows = measures.filter(lq_low__gte=1.7, employment_low__gte=1500).order_by(
            "-share_of_nation"
        )
    elif strength is Strength.DOUBTFUL:
        rows = measures.filter(lq_low__lt=1, lq_high__gte=1.9, lq__gte=0.8, employment_low__gte=600)
        rows = rows.order_by("-employment")
    else:
        rows = measures.filter(lq_high__lt=0.8, employment_low__gte=600).order_by("-employment")
    for row in rows[:400]:
        region = region_by_code(RegionType.ECONOMIC_AREA, row.region_code)
        if region is None:
            continue
        cluster = ChosenCluster(
            basis.definition_set.code, row.cluster_code, names[row.cluster_code]
        )
        kind = RegionKind.ECONOMIC_AREA
        yield Place(cluster, ChosenRegion(kind, region.code, region.name, region.fips))
