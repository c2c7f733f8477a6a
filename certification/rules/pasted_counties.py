"""A pasted list of counties: codes, names, or both."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

CODE = re.compile(r"\d{5}")


@dataclass(frozen=True)
class CountyList:
    """What was understood of a pasted list, and what was not."""

    fips: frozenset[str]
    unknown: tuple[str, ...]


def entries(text: str) -> tuple[str, ...]:
    """The entries of a pasted list, in order.

    Codes may be separated by blanks, commas or lines; names, which hold commas themselves, by
    lines or semicolons.

    >>> entries("18039, 26027")
    ('18039', '26027')
    >>> entries("Elkhart County, IN; 26027")
    ('Elkhart County, IN', '26027')
    """
    found: list[str] = []
    for piece in re.split(r"[\n;]+", text):
        words = [word for word in re.split(r"[\s,]+", piece) if word]
        if words and all(word.isdigit() for word in words):
            found.extend(words)
        elif words:
            found.append(" ".join(piece.split()))
    return tuple(found)


def name_key(name: str) -> str:
    """One spelling for a county's name.

    >>> name_key("Elkhart  county, in") == name_key("Elkhart, IN")
    True
    """
    folded = re.sub(r"[\s,.]+", " ", name.casefold())
    return re.sub(r"\b(county|parish|borough|census area)\b", "", folded).replace("  ", " ").strip()


def read_counties(text: str, known: Mapping[str, str]) -> CountyList:
    """Read a list against the known counties (code to name)."""
    by_name = {name_key(name): fips for fips, name in known.items()}
    fips, unknown = set(), []
    for entry in entries(text):
        code = entry if CODE.fullmatch(entry) else by_name.get(name_key(entry), "")
        if code in known:
            fips.add(code)
        else:
            unknown.append(entry)
    return CountyList(frozenset(fips), tuple(unknown))
