"""Regions: what lies where, and which counties make up an area."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from django.db.models import QuerySet

from mapping.models import Basis, Cbsa, County, EconomicArea, GeographyEdition, State
from mapping.queries.basis import sources_of
from mapping.queries.definitions import definition_of
from mapping.queries.panels import national_sums, read_panel
from mapping.rules.basis_digests import membership_digest
from mapping.rules.states import STATES
from mapping.rules.terms import RegionType


@dataclass(frozen=True, slots=True)
class Region:
    """A known region with the counties that make it up."""

    region_type: RegionType
    code: str
    name: str
    fips: frozenset[str]


def region_by_code(region_type: RegionType | str, code: str) -> Region | None:
    """A known region, or None; also for an unknown region type."""
    try:
        kind = RegionType(region_type)
    except ValueError:
        return None
    counties = County.objects.all()
    if kind is RegionType.STATE:
        name = State.objects.filter(pk=code).values_list("name", flat=True).first()
        inside = counties.filter(state_id=code)
    elif kind is RegionType.ECONOMIC_AREA:
        name = EconomicArea.objects.filter(pk=code).values_list("name", flat=True).first()
        inside = counties.filter(economic_area_id=code)
    elif kind is RegionType.CBSA:
        name = Cbsa.objects.filter(pk=code).values_list("name", flat=True).first()
        inside = counties.filter(cbsas=code)
    else:
        inside = counties.filter(pk=code)
        name = inside.values_list("name", flat=True).first()
    if name is None:
        return None
    return Region(kind, code, name, frozenset(inside.values_list("fips", flat=True)))


def counties_named(fips: Iterable[str]) -> dict[str, str]:
    """Names by code, in code order; codes that are not counties are missing from the answer."""
    found = County.objects.filter(pk__in=list(fips)).order_by("fips")
    return dict(found.values_list("fips", "name"))


def states_share(basis: Basis, fips: Iterable[str], cluster_code: str) -> dict[str, Fraction]:
    """Each state's share of the cluster's published jobs in the region, largest first."""
    sources = sources_of(basis)
    sums = national_sums(sources)
    panel = read_panel(sources, sums.mean_size, frozenset(fips)).panel
    from_codes = _codes_of(basis, cluster_code)
    columns = [i for i, code in enumerate(panel.codes) if code in from_codes]
    jobs: dict[str, int] = {}
    for unit, count in zip(panel.units, panel.employment[:, columns].sum(axis=1), strict=True):
        jobs[unit[:2]] = jobs.get(unit[:2], 0) + int(count)
    total = sum(jobs.values())
    shares = {
        state: Fraction(count, total) if total else Fraction(0) for state, count in jobs.items()
    }
    return dict(sorted(shares.items(), key=lambda item: (-item[1], item[0])))


def _codes_of(basis: Basis, cluster_code: str) -> frozenset[str]:
    of = definition_of(basis.definition_set).cluster_of
    return frozenset(code for code, cluster in of.items() if cluster == cluster_code)


def county_areas(region_type: RegionType) -> dict[str, str]:
    """The area of every county that has one of this type."""
    if region_type is RegionType.ECONOMIC_AREA:
        pairs = County.objects.exclude(economic_area=None).values_list("fips", "economic_area_id")
    elif region_type is RegionType.CBSA:
        pairs = County.objects.exclude(cbsas=None).values_list("fips", "cbsas")
    elif region_type is RegionType.STATE:
        pairs = County.objects.values_list("fips", "state_id")
    else:
        pairs = County.objects.values_list("fips", "fips")
    return dict(pairs)


def region_names(region_type: RegionType, codes: Sequence[str]) -> list[str]:
    """Names in the order of the codes; the code itself where there is no name."""
    if region_type is RegionType.NATION:
        return ["United States"] * len(codes)
    found: QuerySet[Any, tuple[str, str]]
    if region_type is RegionType.STATE:
        found = State.objects.values_list("fips", "name")
    elif region_type is RegionType.ECONOMIC_AREA:
        found = EconomicArea.objects.values_list("code", "name")
    elif region_type is RegionType.CBSA:
        found = Cbsa.objects.values_list("code", "name")
    else:
        found = County.objects.values_list("fips", "name")
    names = dict(found)
    return [names.get(code, code) for code in codes]


MEMBERSHIPS = (RegionType.ECONOMIC_AREA, RegionType.CBSA)


def current_memberships() -> dict[str, dict[str, str]]:
    """County to area, for the region types that a file defines."""
    return {kind.value: county_areas(kind) for kind in MEMBERSHIPS}


def geography_digest(unit: str) -> str:
    """Digest of the memberships that regions are built by; for state files of the states."""
    if unit == "state":
        return membership_digest((code, names.name) for code, names in STATES.items())
    return memberships_digest(current_memberships())


def memberships_digest(memberships: Mapping[str, Mapping[str, str]]) -> str:
    """Digest of memberships as they are kept with a Basis."""
    pairs = [pair for kind in MEMBERSHIPS for pair in memberships.get(kind.value, {}).items()]
    return membership_digest(pairs)


def areas_of_basis(basis: Basis, region_type: RegionType) -> dict[str, str]:
    """County to area as it was when the Basis was made."""
    edition = GeographyEdition.objects.get(digest=basis.geography_digest)
    return dict(edition.areas[region_type.value])
