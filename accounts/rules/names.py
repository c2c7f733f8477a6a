"""Name keys: the same name however it is typed, and names that only look the same.

A name is stored as typed with two keys. The *name key* is what the spellings of one name share
(Unicode NFKC and case folding). The *skeleton* is what names share that a reader takes for each
other: legal forms, punctuation, accents and look-alike letters are gone.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Mapping

LONGEST = 200
# Format characters are invisible; unassigned, private and lone surrogate ones have no agreed
# folding, so that another Unicode version (the database's) could judge them otherwise.
_UNREADABLE = frozenset({"Cf", "Cn", "Co", "Cs"})
# What people add to a name or leave out without meaning another organization.
_LEGAL_FORMS = frozenset(
    {"inc", "incorporated", "llc", "llp", "lp", "ltd", "limited", "corp", "corporation", "co"}
    | {"company", "plc", "pllc", "pbc", "the"}
)
_SAME_SHAPE = (("rn", "m"), ("vv", "w"), ("0", "o"), ("1", "l"), ("|", "l"), ("i", "l"))
# Folding settles after two rounds; the rest is a seat belt.
_ROUNDS = 8


def name_key(name: str) -> str:
    r"""Return the key under which spellings of one name meet; empty when nothing is readable.

    >>> name_key("ACME  Tools, Inc.") == name_key("acme tools, inc.")
    True
    >>> name_key("Ac\u200bme") == name_key("Acme")
    True
    """
    return _settled(_fold, name)


def skeleton(name: str, table: Mapping[str, str]) -> str:
    """Return what a name looks like.

    Args:
        name: As typed.
        table: From a character to the Latin letter that it is taken for.

    >>> skeleton("ACME T00ls, Inc.", {}) == skeleton("Acme Tools LLC", {})
    True
    """
    return _settled(lambda text: _look(text, table), name) or name_key(name)


def _settled(step: Callable[[str], str], text: str) -> str:
    """Repeat a step until nothing changes: one round of folding may open the next."""
    for _ in range(_ROUNDS):
        after = step(text)
        if after == text:
            break
        text = after
    return text


def _fold(name: str) -> str:
    folded = unicodedata.normalize("NFKC", _readable(name)).casefold()
    return " ".join(unicodedata.normalize("NFKC", folded).split())[:LONGEST].rstrip()


def _readable(name: str) -> str:
    shown = (one for one in name if unicodedata.category(one) not in _UNREADABLE)
    return "".join(" " if unicodedata.category(one) == "Cc" else one for one in shown)


def _look(name: str, table: Mapping[str, str]) -> str:
    # Letters are compared before case is folded: a Greek capital Eta looks like H, a small one not.
    latin = "".join(table.get(one, one) for one in unicodedata.normalize("NFKC", _readable(name)))
    stripped = unicodedata.normalize("NFKD", latin.casefold())
    plain = "".join(one for one in stripped if not unicodedata.combining(one))
    words = [word for word in re.findall(r"[\w|]+", plain) if word not in _LEGAL_FORMS]
    shape = "".join(words) or "".join(plain.split())
    for seen, taken_for in _SAME_SHAPE:
        shape = shape.replace(seen, taken_for)
    return shape[:LONGEST]
