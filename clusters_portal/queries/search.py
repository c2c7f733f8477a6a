"""One box for "your county or industry": places and clusters that fit what was typed."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Q, QuerySet

from mapping.models import Basis, Cluster, County, Industry, Measure

MOST = 8
LEADING = 3
SHORTEST = 2
# Words that people add to a place and that the tables do not always carry.
NOISE = frozenset({"county", "parish", "borough", "industry", "cluster", "in", "the", "of"})


@dataclass(frozen=True, slots=True)
class LeadingCluster:
    """A cluster that is unusually present in a region."""

    code: str
    name: str
    jobs: int
    lq: float


@dataclass(frozen=True, slots=True)
class Place:
    """A county that fits, with its economic area and what leads there."""

    county: County
    leading: tuple[LeadingCluster, ...]


@dataclass(frozen=True, slots=True)
class Found:
    """What the search found."""

    places: tuple[Place, ...]
    clusters: tuple[Cluster, ...]

    def __bool__(self) -> bool:
        return bool(self.places or self.clusters)


def search(text: str, basis: Basis | None) -> Found:
    """Find counties by name, state or FIPS code, and clusters by name, industry or NAICS code."""
    words = [word for word in text.replace(",", " ").split() if word.lower() not in NOISE]
    if basis is None or sum(len(word) for word in words) < SHORTEST:
        return Found((), ())
    return Found(_places(words, basis), tuple(_clusters(words, basis)[:MOST]))


def _places(words: list[str], basis: Basis) -> tuple[Place, ...]:
    fits = Q()
    for word in words:
        fits &= (
            Q(name__icontains=word)
            | Q(fips=word)
            | Q(state__name__istartswith=word)
            | Q(state__postal__iexact=word)
        )
    found = County.objects.filter(fits).select_related("state", "economic_area")
    counties = list(found.order_by("name", "state__name")[:MOST])
    leading = _leading({county.economic_area_id for county in counties}, basis)
    return tuple(
        Place(county, tuple(leading.get(county.economic_area_id or "", ()))) for county in counties
    )


def _leading(areas: Iterable[str | None], basis: Basis) -> dict[str, list[LeadingCluster]]:
    """Return the clusters with the highest quotients of each area, the three first."""
    codes = [area for area in areas if area]
    names = dict(basis.definition_set.clusters.values_list("code", "name"))
    rows = Measure.objects.filter(
        basis=basis, region_type="ea", region_code__in=codes, lq__gte=1, employment__gte=500
    ).order_by("-lq")
    leading: dict[str, list[LeadingCluster]] = {code: [] for code in codes}
    for row in rows:
        kept = leading[row.region_code]
        if len(kept) < LEADING:
            name = names.get(row.cluster_code, row.cluster_code)
            kept.append(LeadingCluster(row.cluster_code, name, row.employment, row.lq))
    return leading


def _clusters(words: list[str], basis: Basis) -> QuerySet[Cluster]:
    """Find clusters by their own name or by an industry inside them."""
    by_name, by_title = Q(), Q()
    for word in words:
        by_name &= Q(name__icontains=word)
        by_title &= Q(title__icontains=word) | Q(code__startswith=word)
    codes = Industry.objects.filter(by_title, vintage=basis.release.naics_vintage)
    inside = Q(industries__code__in=codes.values("code"))
    found = Cluster.objects.filter(by_name | inside, definition_set=basis.definition_set)
    return found.order_by("name").distinct()
