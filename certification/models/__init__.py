"""Rulebooks."""

from certification.models.rulebooks import Rulebook, RulebookParameter

__all__ = ["Rulebook", "RulebookParameter"]
