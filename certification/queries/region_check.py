"""The public check: would this cluster in this region pass on concentration, and what else?"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from certification.queries.case_facts import state_facts
from certification.queries.rulebooks import rulebook_in_force
from certification.rules.checklist import ChecklistItem, checklist
from certification.rules.concentration import (
    Note,
    concentration,
    concentration_facts,
    concentration_notes,
)
from certification.rules.government import GovernmentFacts, governments_needed
from certification.rules.peer_strip import Strip, strip
from certification.rules.readiness import Card, cards
from certification.rules.wording import decimal_text
from mapping.models import Basis
from mapping.queries.concentration import concentration as measured_concentration
from mapping.rules.measures import Concentration


@dataclass(frozen=True)
class RegionCheck:
    """The answer, with everything that it rests on."""

    card: Card
    line: Fraction
    notes: tuple[Note, ...]
    measured: Concentration
    checklist: tuple[ChecklistItem, ...]
    strip: Strip
    region_name: str
    county_count: int

    @property
    def peers_below(self) -> int:
        """How many economic areas of this size have a smaller share."""
        return sum(peer.lq < self.measured.lq.value for peer in self.measured.peers)

    @property
    def range_words(self) -> str:
        """What the unpublished figures leave open; empty where nothing is."""
        lq = self.measured.lq
        if lq.is_exact:
            return ""
        return f"between {decimal_text(lq.low)} and {decimal_text(lq.high)}"


def region_check(
    basis: Basis, fips: frozenset[str], cluster_code: str, region_name: str, on: date
) -> RegionCheck:
    """Answer for a union of counties with the rulebook in force; nothing is stored."""
    rulebook = rulebook_in_force(on)
    measured = measured_concentration(basis, fips, cluster_code)
    facts = concentration_facts(measured, region_name=region_name)
    results = concentration(facts, rulebook)
    line = results[0].threshold or Fraction(0)
    states = GovernmentFacts(state_facts(basis, fips, cluster_code), ())
    needed = tuple(state.name for state in governments_needed(states, rulebook))
    return RegionCheck(
        card=cards(results)[0],
        line=line,
        notes=concentration_notes(facts, rulebook),
        measured=measured,
        checklist=checklist(rulebook, needed),
        strip=strip([peer.lq for peer in measured.peers], measured.lq, line),
        region_name=region_name,
        county_count=len(fips),
    )
