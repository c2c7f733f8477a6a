"""The counties that forms understand."""

from __future__ import annotations

from collections.abc import Iterable

from certification.rules.county_list import CountyIndex
from mapping.models import County, CountyChange, State


def county_index() -> CountyIndex:
    """Return every county with its state's names and the codes that came later."""
    states: dict[str, str] = {}
    for name, postal in State.objects.values_list("name", "postal"):
        states |= {name.casefold(): postal, postal.casefold(): postal}
    return CountyIndex(
        names=dict(County.objects.values_list("fips", "name")),
        states=states,
        older=dict(CountyChange.objects.values_list("newer_fips", "older_fips")),
    )


def county_names(fips: Iterable[str]) -> dict[str, str]:
    """Return names by code, in alphabetical order; an unknown code is missing."""
    rows = County.objects.filter(pk__in=list(fips)).order_by("state__name", "name")
    return dict(rows.values_list("fips", "name"))
