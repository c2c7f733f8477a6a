"""Names that look alike: one key per spelling, one skeleton per appearance."""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

# What people add to a name or leave out without meaning another organization.
_LEGAL_FORMS = frozenset(
    {"inc", "incorporated", "llc", "llp", "lp", "ltd", "limited", "corp", "corporation", "co"}
    | {"company", "plc", "pllc", "pbc", "the"}
)
_SAME_SHAPE = (("rn", "m"), ("vv", "w"), ("0", "o"), ("1", "l"), ("|", "l"), ("i", "l"))


def skeleton(name: str, table: Mapping[str, str]) -> str:
    """What a name looks like, without legal form, punctuation and look-alike letters.

    ``table`` maps a character to the Latin letter that it is taken for.

    >>> skeleton("ACME T00ls, Inc.", {}) == skeleton("Acme Tools LLC", {})
    True
    """
    latin = "".join(table.get(one, one) for one in unicodedata.normalize("NFKC", name))
    stripped = unicodedata.normalize("NFKD", latin.casefold())
    plain = "".join(one for one in stripped if not unicodedata.combining(one))
    words = [word for word in re.findall(r"[\w|]+", plain) if word not in _LEGAL_FORMS]
    shape = "".join(words) or plain
    for seen, taken_for in _SAME_SHAPE:
        shape = shape.replace(seen, taken_for)
    return shape[:200]


@dataclass(frozen=True)
class Named:
    """One organization of a roster, as far as look-alikes are concerned."""

    id: int
    name: str
    skeleton: str
    uei: str


def flags(roster: Iterable[Named]) -> dict[int, tuple[str, ...]]:
    """Sentences for each organization that a person should look at; others are left out."""
    by_uei: dict[str, list[Named]] = defaultdict(list)
    by_look: dict[str, list[Named]] = defaultdict(list)
    for one in roster:
        by_look[one.skeleton].append(one)
        if one.uei:
            by_uei[one.uei].append(one)
    found: dict[int, list[str]] = defaultdict(list)
    for rows, sentence in ((by_uei, "Same UEI as {}."), (by_look, "The name looks like {}.")):
        for alike in rows.values():
            for one in alike:
                others = [other.name for other in alike if other.id != one.id]
                found[one.id] += [sentence.format(name) for name in others]
    return {key: tuple(sentences) for key, sentences in found.items() if sentences}
