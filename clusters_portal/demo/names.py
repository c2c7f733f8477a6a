"""Believable invented names for the demo world: the same seed gives the same world."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass

FAMILIES = (
    "Abernathy", "Alvarez", "Banerjee", "Bergstrom", "Calloway", "Castellanos", "Dahl",
    "Deveraux", "Eriksen", "Esposito", "Fairbanks", "Fontaine", "Garrity", "Goldfarb",
    "Haldane", "Hashimoto", "Ibarra", "Ingersoll", "Jankowski", "Kessler", "Kowalczyk",
    "Lindqvist", "Lockhart", "Marchetti", "Mbeki", "Nakagawa", "Norwood", "Oyelaran",
    "Papadakis", "Prentiss", "Quintero", "Rasmussen", "Rutledge", "Sandoval", "Sorensen",
    "Takahashi", "Thorne", "Underhill", "Vandermeer", "Villanueva", "Wexler", "Whitlock",
    "Yamamoto", "Zielinski",
)  # fmt: skip
GIVEN = (
    "Adaeze", "Amir", "Beatriz", "Caleb", "Carmen", "Daniel", "Elena", "Farah", "Grace", "Hugo",
    "Imani", "Jonas", "Kavita", "Liam", "Marisol", "Nadia", "Omar", "Priya", "Quentin", "Rosa",
    "Samuel", "Teresa", "Uma", "Victor", "Wendy", "Xavier", "Yusuf", "Zoe",
)  # fmt: skip
PLACES = (
    "Cedar", "Copper", "Crescent", "Eagle", "Falls", "Granite", "Harbor", "Heron", "Ironwood",
    "Juniper", "Lakeside", "Meridian", "Northgate", "Prairie", "Ridge", "River", "Summit", "Union",
    "Valley", "Westfield",
)  # fmt: skip
TRADES = {
    "end_producer": ("Works", "Manufacturing", "Products", "Industries"),
    "supplier": ("Components", "Precision", "Supply", "Castings"),
    "machinery": ("Machine Tools", "Tooling", "Automation"),
    "services": ("Services", "Engineering", "Testing Group"),
    "logistics": ("Logistics", "Freight"),
    "distribution": ("Distribution", "Trading Company"),
    "knowledge": ("Analytics", "Advisors", "Capital Partners"),
    "complementary": ("Systems", "Design Studio"),
}


@dataclass(frozen=True)
class Contact:
    """A person who signs for an organization."""

    name: str
    email: str


class NameBook:
    """Draws names without repeating one; seeded, so that the demo world is always the same."""

    def __init__(self, seed: int) -> None:
        self._random = random.Random(seed)  # noqa: S311 - names, not secrets
        self._used: set[str] = set()

    def firm(self, trade: str) -> str:
        """Return an invented firm of a trade."""
        stems = (*FAMILIES, *PLACES)
        return self._fresh(lambda: f"{self._pick(stems)} {self._pick(TRADES[trade])}")

    def contact(self, organization: str) -> Contact:
        """Return an invented person at an organization."""
        name = self._fresh(lambda: f"{self._pick(GIVEN)} {self._pick(FAMILIES)}")
        host = "".join(c for c in organization.lower() if c.isalnum())[:30]
        return Contact(name, f"{name.lower().replace(' ', '.')}@{host}.example")

    def number(self, low: int, high: int) -> int:
        """Return a whole number between the two, both possible."""
        return self._random.randint(low, high)

    def _pick(self, names: tuple[str, ...]) -> str:
        return self._random.choice(names)

    def _fresh(self, draw: Callable[[], str]) -> str:
        for _ in range(200):
            name = draw()
            if name not in self._used:
                self._used.add(name)
                return name
        message = "the name lists are too short for this world"
        raise ValueError(message)
