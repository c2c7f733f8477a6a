"""What a hostile upload is made of."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

HTML = b"<!DOCTYPE html><html><script>alert(document.cookie)</script></html>"


@dataclass(frozen=True)
class Hostile:
    """One hostile upload."""

    what: str
    name: str
    made: bytes | Callable[[], bytes]
    codes: frozenset[str]
    declared: str = ""

    @property
    def data(self) -> bytes:
        """The bytes; large ones are made when they are needed."""
        return self.made() if callable(self.made) else self.made


def hostile(what, name, data, *codes, declared=""):
    return Hostile(what, name, data, frozenset(codes), declared)
