"""Digests that name a geography and a Basis."""

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass


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


@dataclass(frozen=True, slots=True)
class BasisParts:
    """Everything that a Basis names. What came later enters the digest only where it is used."""

    release: str
    totals_release: str | None
    definition_set: str
    geography: str
    imputation: str
    class_rules: tuple[str, ...]
    absent_establishments: int
    engine: int = 1
    state_release: str | None = None
    earlier_release: str | None = None
    earlier_totals_release: str | None = None

    def named(self) -> dict[str, str | int | None]:
        """What the digest is taken over, and the trail keeps.

        >>> parts = BasisParts("r", None, "d", "g", "published", ("lq-1.5",), 2)
        >>> "engine" in parts.named()
        False
        """
        later = {
            "engine": None if self.engine == 1 else self.engine,
            "state_release": self.state_release,
            "earlier_release": self.earlier_release,
            "earlier_totals_release": self.earlier_totals_release,
        }
        return {
            "release": self.release,
            "totals_release": self.totals_release,
            "definition_set": self.definition_set,
            "geography": self.geography,
            "imputation": self.imputation,
            "class_rules": "+".join(self.class_rules),
            "absent_establishments": self.absent_establishments,
            **{name: value for name, value in later.items() if value is not None},
        }

    @property
    def digest(self) -> str:
        """The digest that names the Basis."""
        return basis_digest(self.named())
