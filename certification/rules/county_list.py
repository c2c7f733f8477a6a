"""Counties as people write them: five digits, or a name with its state."""

import re
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

_FIPS_LINE = re.compile(r"^[\d\s,;]+$", re.ASCII)
_KINDS = re.compile(
    r"\s+(city and borough|census area|county|parish|borough|municipality|municipio|city)$"
)


@dataclass(frozen=True)
class CountyIndex:
    """Every county by code, and the words for its state.

    Attributes:
        names: "Lucas County, OH" by code.
        states: Postal abbreviation by any way to write a state, in lower case.
        older: Code to use for a code that came later.
    """

    names: Mapping[str, str]
    states: Mapping[str, str] = field(default_factory=dict)
    older: Mapping[str, str] = field(default_factory=dict)

    @cached_property
    def by_words(self) -> Mapping[tuple[str, str], frozenset[str]]:
        """Codes by (words, state); also by the words without "County", and without a state."""
        found: dict[tuple[str, str], set[str]] = defaultdict(set)
        for fips, name in self.names.items():
            words, state = _split(name, self.states)
            for key in {words, _KINDS.sub("", words)}:
                found[key, state].add(fips)
                found[key, ""].add(fips)
        return {key: frozenset(codes) for key, codes in found.items()}

    def resolve(self, code: str) -> str:
        """The code that the data use, or an empty text where there is none."""
        known = self.older.get(code, code)
        return known if known in self.names else ""


@dataclass(frozen=True)
class CountyList:
    """What was understood, and a sentence for each piece that was not."""

    fips: frozenset[str]
    problems: tuple[str, ...]


def read_counties(text: str, index: CountyIndex) -> CountyList:
    """Read codes separated by anything, or one name per line (or semicolon)."""
    found: set[str] = set()
    problems: list[str] = []
    for piece in _pieces(text):
        code, problem = _read(piece, index)
        if problem:
            problems.append(problem)
        else:
            found.add(code)
    return CountyList(frozenset(found), tuple(problems))


def _pieces(text: str) -> list[str]:
    pieces: list[str] = []
    for line in text.splitlines():
        if _FIPS_LINE.match(line):
            pieces += re.split(r"[\s,;]+", line)
        else:
            pieces += line.split(";")
    return [piece.strip() for piece in pieces if piece.strip()]


def _read(piece: str, index: CountyIndex) -> tuple[str, str]:
    if piece.isdigit():
        code = index.resolve(piece)
        return code, "" if code else f"There is no county with the code {piece}."
    words, state = _split(piece, index.states)
    codes = index.by_words.get((words, state), frozenset())
    if len(codes) == 1:
        return next(iter(codes)), ""
    if not codes:
        return "", f"We know no county called “{piece}”. Write it like “Lucas County, OH”."
    names = sorted(index.names[code] for code in codes)
    shown = ", ".join(names[:4]) + (" and others" if len(names) > 4 else "")
    return "", f"“{piece}” may be {shown}. Write which one."


def _split(text: str, states: Mapping[str, str]) -> tuple[str, str]:
    words, comma, state = text.casefold().rpartition(",")
    if not comma:
        return _plain(state), ""
    state = _plain(state)
    return _plain(words), states.get(state, state.upper())


def _plain(text: str) -> str:
    text = text.replace("saint ", "st. ").replace("st ", "st. ") if "s" in text else text
    return " ".join(text.replace("\u2019", "'").split())
