"""The look of names: the published table of confusable characters, read once."""

from __future__ import annotations

from functools import cache

from confusable_homoglyphs.confusables import confusables_data

from accounts.rules.names import skeleton


@cache
def confusable_table() -> dict[str, str]:
    """Return the Latin letter that each other character is taken for."""
    table: dict[str, str] = {}
    for character, others in confusables_data.items():
        if character.isascii():
            continue
        latin = [other["c"] for other in others if len(other["c"]) == 1 and other["c"].isascii()]
        if latin:
            table[character] = min(latin)
    return table


def skeleton_of(name: str) -> str:
    """Return the skeleton of a name."""
    return skeleton(name, confusable_table())
