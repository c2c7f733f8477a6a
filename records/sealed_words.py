"""Words that a kept letter must not hold: personal links and codes, filled in at delivery.

A template prints a ``SealedWord``; the kept copy then holds a signed marker, which nobody can
type into a name, and the word itself appears only in the mail that leaves the portal.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from django.core.signing import BadSignature, Signer

_MARKER = re.compile(r"\[\[sealed\|([^|\]]+)\|([^|\]]+)\|([\w-]+)\]\]")
_resolvers: dict[str, Callable[[str], str]] = {}
MASK = "(personal, not kept)"


class SealedWord:
    """Stands for a word that the resolver of its kind knows."""

    def __init__(self, kind: str, name: str) -> None:
        self.kind = kind
        self.name = name

    def __str__(self) -> str:
        return f"[[sealed|{self.kind}|{self.name}|{_seal(self.kind, self.name)}]]"


def register_sealed_word(kind: str, resolver: Callable[[str], str]) -> None:
    """Name the function that finds the words of a kind; an upper app does so at start-up."""
    _resolvers[kind] = resolver


def unseal(text: str) -> str:
    """Fill in the words, for delivery."""
    return _MARKER.sub(_word, text)


def mask(text: str) -> str:
    """Show a kept copy to people."""
    return _MARKER.sub(MASK, text)


def _seal(kind: str, name: str) -> str:
    return Signer(salt="records.sealed_words").signature(f"{kind}|{name}")


def _word(found: re.Match[str]) -> str:
    kind, name, seal = found.groups()
    if _seal(kind, name) != seal:
        raise BadSignature(kind)
    return _resolvers[kind](name)
