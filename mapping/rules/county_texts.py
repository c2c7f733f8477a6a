"""Counties as people write them: FIPS codes, or names with a state."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

_FIPS = re.compile(r"(?<!\d)\d{5}(?!\d)")
_LISTED = re.compile(r"[\n;|]+")
_KINDS = (
    " county", " parish", " borough", " census area", " municipality", " city and borough", " city",
)  # fmt: skip
MOST_COUNTIES = 400


@dataclass(frozen=True, slots=True)
class WrittenCounties:
    """What a text names.

    Attributes:
        fips: Known counties, in the order of the text, each once.
        unknown: Pieces of the text that name no county.
        ambiguous: Names that several states have, with the codes they could mean.
    """

    fips: tuple[str, ...]
    unknown: tuple[str, ...]
    ambiguous: tuple[tuple[str, tuple[str, ...]], ...]


def plain_name(text: str) -> str:
    """Reduce a county's name to what people agree on.

    >>> plain_name("St. Louis County")
    'st louis'
    """
    name = " ".join(text.lower().replace(".", " ").split())
    for kind in _KINDS:
        if name.endswith(kind) and name != kind.strip():
            return name.removesuffix(kind)
    return name


def read_counties(
    text: str, names: Mapping[str, str], states: Mapping[str, str]
) -> WrittenCounties:
    """Read counties out of a pasted text.

    Args:
        text: Codes separated by anything, or names, one per line or separated by semicolons,
            each with its state ("King, WA").
        names: Full names ("King County, WA") by code.
        states: Lower-case state names and postal codes -> two-digit code.
    """
    index = _index(names)
    found: dict[str, None] = {}
    unknown: list[str] = []
    ambiguous: list[tuple[str, tuple[str, ...]]] = []
    for piece in filter(None, (part.strip() for part in _LISTED.split(text))):
        codes = _FIPS.findall(piece)
        if codes:
            unknown += [code for code in codes if code not in names]
            found |= dict.fromkeys(code for code in codes if code in names)
            continue
        meant = _meant(piece, index, states)
        if len(meant) == 1:
            found[meant[0]] = None
        elif meant:
            ambiguous.append((piece, tuple(meant)))
        else:
            unknown.append(piece)
    return WrittenCounties(tuple(found)[:MOST_COUNTIES], tuple(unknown), tuple(ambiguous))


def _index(names: Mapping[str, str]) -> dict[str, list[str]]:
    index: dict[str, list[str]] = {}
    for fips, full in names.items():
        index.setdefault(plain_name(full.rpartition(",")[0] or full), []).append(fips)
    return index


def _meant(piece: str, index: Mapping[str, Sequence[str]], states: Mapping[str, str]) -> list[str]:
    name, comma, state_text = piece.rpartition(",")
    state = states.get(state_text.strip().lower()) if comma else None
    wanted = index.get(plain_name(name if state else piece), ())
    return [fips for fips in wanted if state is None or fips.startswith(state)]
