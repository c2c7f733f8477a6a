"""What is loaded already, for the readers to check against."""

from __future__ import annotations

from collections import defaultdict

from mapping.models import County, Industry, PublisherTitle
from mapping.rules.readers.cells import KnownCodes
from mapping.rules.states import STATES


def known_counties() -> frozenset[str]:
    """All county codes."""
    return frozenset(County.objects.values_list("fips", flat=True))


def known_industries() -> dict[int, frozenset[str]]:
    """NAICS codes of every loaded vintage."""
    codes: dict[int, set[str]] = defaultdict(set)
    for vintage, code in Industry.objects.values_list("vintage", "code"):
        codes[vintage].add(code)
    return {vintage: frozenset(found) for vintage, found in codes.items()}


def known_for_counties() -> KnownCodes:
    """Checks for county files."""
    return KnownCodes(known_counties(), known_industries())


def known_for_states() -> KnownCodes:
    """Checks for state files."""
    titles = dict(PublisherTitle.objects.values_list("code", "title"))
    return KnownCodes(frozenset(STATES), known_industries(), titles)
