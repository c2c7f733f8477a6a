"""Digests that name a geography and a Basis."""

import hashlib
import json
from collections.abc import Iterable, Mapping


def membership_digest(members: Iterable[tuple[str, str]]) -> str:
    """SHA-256 over (county, area) pairs in order."""
    total = hashlib.sha256()
    for county, area in sorted(members):
        total.update(f"{county}:{area}\n".encode())
    return total.hexdigest()


def basis_digest(parts: Mapping[str, object]) -> str:
    """SHA-256 over the canonical JSON of everything that a Basis names."""
    text = json.dumps(parts, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()
