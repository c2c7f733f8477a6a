"""Who did it, kept as text: no foreign key, so that every app above may write to the trail."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, slots=True)
class Actor:
    """A person with an account, a participant or giver without one, or the portal itself.

    Attributes:
        kind: Which of the four.
        id: Stable identifier within the kind.
        name: As shown on the timeline.
        user_pk: The account's key, for foreign keys of the app that owns the row.
    """

    kind: Literal["user", "participant", "giver", "system"]
    id: str
    name: str
    user_pk: int | None = None

    def __str__(self) -> str:
        return f"{self.kind}:{self.id}"

    def is_same_person(self, other: str) -> bool:
        """Whether the written form of an actor names this one."""
        return str(self) == other


SYSTEM = Actor("system", "portal", "The portal")
