"""Store one section's answers under its version; nobody's text is overwritten unseen.

Applications and proposals are written the same way, each with section rows of its own.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol

from certification.rules.application_form import Section
from certification.rules.drafting import Value, cleaned
from kit.refusals import Refusal, Refused
from trail.actors import Actor


class SectionRow(Protocol):
    """A stored section of an application or a proposal."""

    section_id: str
    answers: Any
    version: int
    saved_at: Any
    saved_by: str

    def save(self, *, update_fields: list[str]) -> None:
        """Write the columns."""


@dataclass(frozen=True, slots=True)
class Written:
    """What somebody wrote, and the version of the section from which they started."""

    section_id: str
    answers: Mapping[str, object]
    version: int


class StaleText(Refused):
    """Somebody else saved the section since; carries what is saved and what was sent."""

    def __init__(self, saved: SectionRow, mine: dict[str, Value]) -> None:
        super().__init__(
            Refusal(
                "stale_text",
                "Somebody else saved this section while you were writing. Nothing is lost: "
                "compare the two texts and choose.",
            )
        )
        self.saved = saved
        self.mine = mine


def store_answers(
    *, actor: Actor, at: datetime, section: Section, saved: SectionRow, written: Written
) -> bool:
    """Store the answers and raise the version; say whether anything changed.

    Runs inside the act that locked what the section belongs to.

    Raises:
        StaleText: the section was saved by somebody else since ``written.version``.
    """
    mine = cleaned(section, written.answers)
    if mine == cleaned(section, saved.answers) and saved.version > 0:
        return False
    if saved.version != written.version:
        raise StaleText(saved, mine)
    saved.answers, saved.version = mine, saved.version + 1
    saved.saved_at, saved.saved_by = at, actor.name
    saved.save(update_fields=["answers", "version", "saved_at", "saved_by"])
    return True
