"""Counties as people type them, for the organizations of accounts."""

from __future__ import annotations

from accounts.places import FoundPlace
from certification.queries.county_index import county_index, county_names
from certification.rules.county_list import read_counties


def find_one_county(text: str) -> FoundPlace:
    """Read one county."""
    found = read_counties(text, county_index())
    if found.problems:
        return FoundPlace(problem=found.problems[0])
    if len(found.fips) != 1:
        return FoundPlace(problem="Enter one county.")
    return FoundPlace(next(iter(found.fips)))


def name_one_county(fips: str) -> str:
    """Return the county's name."""
    return county_names([fips]).get(fips, "")
