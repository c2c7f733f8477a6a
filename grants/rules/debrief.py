"""What every applicant is told on the day of the results, selected or not."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from fractions import Fraction
from zoneinfo import ZoneInfo

from kit.periods import end_of_day

APPEAL_DAYS = 30
QUARTILE_WORDS = {
    1: "in the first quarter",
    2: "in the second quarter",
    3: "in the third quarter",
    4: "in the last quarter",
}


class AppealGround(StrEnum):
    """What an appeal may rest on; a score alone is none (programme.md 3.5)."""

    PROCESS_ERROR = "process_error"
    FACTUAL_ERROR = "factual_error"
    UNDISCLOSED_CONFLICT = "undisclosed_conflict"


GROUND_WORDS = {
    AppealGround.PROCESS_ERROR: "A rule of the notice was not followed",
    AppealGround.FACTUAL_ERROR: "A reviewer or the agency got a fact wrong",
    AppealGround.UNDISCLOSED_CONFLICT: "Somebody who judged had a conflict that was not disclosed",
}


@dataclass(frozen=True, slots=True)
class CriterionLine:
    """One criterion of the debrief: its weight and the mean of the reviewers' scores."""

    name: str
    weight: int
    mean: Fraction


@dataclass(frozen=True, slots=True)
class Told:
    """The debrief of one proposal.

    Reviewers are numbered anew in each debrief: nobody can follow one across proposals.
    """

    is_selected: bool
    mean: Fraction
    rank: int
    ranked: int
    criteria: tuple[CriterionLine, ...]
    strengths: tuple[str, ...]
    weaknesses: tuple[str, ...]
    eligibility: tuple[tuple[str, str], ...]

    @property
    def quarter(self) -> int:
        """Which quarter of the ranked proposals it lies in, 1 the best."""
        return quartile(self.rank, self.ranked)


@dataclass(frozen=True, slots=True)
class TurnedAway:
    """The debrief of a proposal that was found not eligible: the rule, and the officers' words."""

    rule: str
    citation: str
    explanation: str
    answer: str
    eligibility: tuple[tuple[str, str], ...]


def quartile(rank: int, ranked: int) -> int:
    """Return the quarter of the ranked list, 1 to 4.

    >>> [quartile(rank, 8) for rank in range(1, 9)]
    [1, 1, 2, 2, 3, 3, 4, 4]
    >>> quartile(1, 1)
    1
    """
    return (rank - 1) * 4 // ranked + 1


def appeal_until(announced_at: datetime, zone: str) -> datetime:
    """Return the end of the thirtieth day after the announcement, in the agency's zone.

    >>> from datetime import UTC
    >>> appeal_until(datetime(2026, 3, 3, 15, tzinfo=UTC), "America/New_York").isoformat()
    '2026-04-03T00:00:00-04:00'
    """
    day: date = announced_at.astimezone(ZoneInfo(zone)).date()
    return end_of_day(day + timedelta(days=APPEAL_DAYS), zone)
