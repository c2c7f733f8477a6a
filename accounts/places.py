"""Places by name: geography lies above, so the app that knows counties says how to read them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class FoundPlace:
    """What a text means: a county's code, or a sentence that says what is wrong with it."""

    fips: str = ""
    problem: str = ""


@dataclass(frozen=True, slots=True)
class Gazetteer:
    """How counties are read and named.

    Attributes:
        find: From what people type ("Lucas County, OH", "39095") to a county.
        name: From a code to the county's name; an empty text for an unknown code.
    """

    find: Callable[[str], FoundPlace]
    name: Callable[[str], str]


_known: list[Gazetteer] = []


def register_gazetteer(gazetteer: Gazetteer) -> None:
    """Name who reads counties; the last one counts."""
    _known[:] = [gazetteer]


def find_county(text: str) -> FoundPlace:
    """Read one county as people type it."""
    if _known:
        return _known[0].find(text)
    is_code = len(text) == 5 and text.isascii() and text.isdigit()
    return FoundPlace(text) if is_code else FoundPlace(problem="Enter the county's five digits.")


def county_name(fips: str) -> str:
    """Return a county in words; an unknown one keeps its digits."""
    return (_known[0].name(fips) if _known and fips else "") or fips
