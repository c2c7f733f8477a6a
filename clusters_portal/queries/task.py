"""What a line of the list of tasks says."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Task:
    """Something that has to happen.

    Attributes:
        what: In words.
        about: The group, case or organization.
        url: Where it is done or looked at.
        is_mine: Whether it waits for this person.
        waits: Who waits for whom, in words.
        due_at: Until when; None where no clock runs.
    """

    what: str
    about: str
    url: str
    is_mine: bool
    waits: str
    due_at: datetime | None = None
