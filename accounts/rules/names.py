"""Name keys: the same name however it is typed, and look-alikes."""

from __future__ import annotations

import unicodedata


def name_key(name: str) -> str:
    """Return the key under which spellings of one name meet.

    >>> name_key("ACME  Tools, Inc.") == name_key("acme tools, inc.")
    True
    """
    folded = unicodedata.normalize("NFKC", name).casefold()
    return " ".join(folded.split())
