"""Readiness: the engine that decides cases, run live on a group that prepares one."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from certification.models import ClusterGroup
from certification.queries.case_facts import case_facts
from certification.queries.rulebooks import rulebook_in_force
from certification.rules.determination import Determination, derive
from certification.rules.readiness import Card, cards
from certification.rules.results import Outcome
from certification.rules.wording import count_word
from mapping.models import Basis


@dataclass(frozen=True)
class Readiness:
    """Where a group stands today."""

    determination: Determination
    basis: Basis
    cards: tuple[Card, ...]

    @property
    def met(self) -> int:
        """How many of the five criteria are met."""
        return sum(card.outcome is Outcome.PASS for card in self.cards)

    @property
    def words(self) -> str:
        """How many criteria are met, as a sentence."""
        if self.met == len(self.cards):
            return "All five criteria are met today."
        verb = "is" if self.met == 1 else "are"
        return f"{count_word(self.met).capitalize()} of the five criteria {verb} met today."

    @property
    def next_card(self) -> Card | None:
        """The first criterion with something left to do."""
        return next((card for card in self.cards if card.gap), None)


def readiness(group: ClusterGroup, basis: Basis, on: date) -> Readiness:
    """Judge the group as if it applied today; nothing is stored."""
    determination = derive(case_facts(group, basis), rulebook_in_force(on))
    return Readiness(determination, basis, cards(determination.results))
