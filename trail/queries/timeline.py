"""The story of a case for people."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from trail.models import Case


@dataclass(frozen=True, slots=True)
class Moment:
    """One line of a timeline."""

    at: datetime
    verb: str
    actor: str
    actor_name: str
    facts: dict[str, Any]


def timeline(case: Case, *, newest_first: bool = True) -> list[Moment]:
    """Return the entries of a case with the names kept beside them."""
    order = "-sequence" if newest_first else "sequence"
    entries = case.entries.select_related("personal_note").order_by(order)
    return [
        Moment(
            at=entry.at,
            verb=entry.verb,
            actor=entry.actor,
            actor_name=_name(entry),
            facts=entry.facts,
        )
        for entry in entries
    ]


def _name(entry: Any) -> str:  # noqa: ANN401 - Entry with its optional note
    note = getattr(entry, "personal_note", None)
    return str(note.content.get("actor_name", "")) if note else "name erased"
