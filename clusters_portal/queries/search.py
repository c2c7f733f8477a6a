"""One box for "your county or industry": regions, clusters, industries, certified groups."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from certification.queries.register import published, register
from certification.rules.register import Published, RegisterFilter
from mapping.models import Basis
from mapping.queries.pages_finding import Findings, findings

MOST_DESIGNATIONS = 6


@dataclass(frozen=True, slots=True)
class Found:
    """What the search found."""

    economy: Findings | None
    designations: Sequence[Published]

    @property
    def is_empty(self) -> bool:
        """Whether nothing fits."""
        return not self.designations and (self.economy is None or self.economy.is_empty)


def search(text: str, basis: Basis | None, on: date) -> Found:
    """Find what fits, in the figures (where data are loaded) and on the register of a day."""
    if not text:
        return Found(None, ())
    rows = register(RegisterFilter(on=on, search=text))[:MOST_DESIGNATIONS]
    economy = findings(basis, text) if basis else None
    return Found(economy, [published(row) for row in rows])
