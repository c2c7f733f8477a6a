"""The hash chain of a case and the Merkle root that seals a batch of entries."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

GENESIS = "0" * 64


def canonical(value: object) -> str:
    """Return JSON with one spelling: sorted keys, no spaces, text for anything unusual.

    >>> canonical({"b": 1, "a": [True]})
    '{"a":[true],"b":1}'
    """
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False, default=str)


def digest(text: str) -> str:
    """Return the SHA-256 of a text, in hexadecimal."""
    return hashlib.sha256(text.encode()).hexdigest()


def personal_digest(salt: str, content: Mapping[str, Any]) -> str:
    """Return the salted digest that stays in the chain when the personal data are erased."""
    return digest(salt + canonical(content)) if content else ""


@dataclass(frozen=True, slots=True)
class Link:
    """The fields of one entry that its hash covers."""

    case: str
    sequence: int
    at: datetime
    recorded_at: datetime
    actor: str
    verb: str
    facts: Mapping[str, Any]
    personal: str
    previous: str

    def hash(self) -> str:
        """Return the hash of this link, which the next one names."""
        fields = {
            "case": self.case,
            "sequence": self.sequence,
            "at": self.at.astimezone(UTC).isoformat(),
            "recorded_at": self.recorded_at.astimezone(UTC).isoformat(),
            "actor": self.actor,
            "verb": self.verb,
            "facts": self.facts,
            "personal": self.personal,
            "previous": self.previous,
        }
        return digest(canonical(fields))


@dataclass(frozen=True, slots=True)
class SealHead:
    """The fields of one seal that its hash covers; since version 2 also when it was made."""

    version: int
    first: int
    last: int
    root: str
    previous: str
    sealed_at: datetime

    def hash(self) -> str:
        """Return the hash of this seal, which the next one names."""
        fields: dict[str, object] = {
            "first": self.first,
            "last": self.last,
            "root": self.root,
            "previous": self.previous,
        }
        if self.version > 1:
            at = self.sealed_at.astimezone(UTC).isoformat()
            fields |= {"version": self.version, "at": at}
        return digest(canonical(fields))


def merkle_root(leaves: Sequence[str]) -> str:
    """Return the Merkle root of hexadecimal hashes; leaves and nodes are told apart (RFC 6962).

    Raises:
        ValueError: no leaves.
    """
    if not leaves:
        message = "a seal needs at least one entry"
        raise ValueError(message)
    level = [digest("leaf:" + leaf) for leaf in leaves]
    while len(level) > 1:
        pairs = [level[i : i + 2] for i in range(0, len(level), 2)]
        level = [digest("node:" + "".join(pair)) if len(pair) > 1 else pair[0] for pair in pairs]
    return level[0]
