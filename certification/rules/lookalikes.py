"""Organizations of one roster that a person should look at: one look, or one identifier."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass


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
