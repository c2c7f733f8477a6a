"""What a performance report asks, and everything that is still in the way of submitting a report.

The parts follow 2 CFR 200.329(c)(2): what was done against what was promised, why not where it was
not, and what else matters.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Any

from kit.refusals import Refusal

LONGEST = 6000
LONGEST_MILESTONE = 2000
SHORTEST = 40
MOST_DAYS_TO_REVISE = 90
MILESTONES = "milestones"
STATEMENT = {
    "performance": (
        "By signing this report, I certify to the best of my knowledge and belief that it is "
        "true, complete and accurate, and that the work was done for the purposes of the award. "
        "I know that false statements may be punished under 18 U.S.C. 1001."
    ),
    "financial": (
        "By signing this report, I certify to the best of my knowledge and belief that the report "
        "is true, complete, and accurate, and the expenditures, disbursements and cash receipts "
        "are for the purposes and objectives set forth in the terms and conditions of the Federal "
        "award. I am aware that any false, fictitious, or fraudulent information, or the omission "
        "of any material fact, may subject me to criminal, civil or administrative penalties for "
        "fraud, false statements, false claims or otherwise (U.S. Code Title 18, Sections 2, "
        "1001, 1343 and Title 31, Sections 3729-3730 and 3801-3812)."
    ),
}


class Standing(StrEnum):
    """Where a milestone stands."""

    DONE = "done"
    ON_TRACK = "on_track"
    LATE = "late"
    CHANGED = "changed"


STANDING_WORDS = {
    Standing.DONE: "Reached",
    Standing.ON_TRACK: "On track",
    Standing.LATE: "Later than planned",
    Standing.CHANGED: "Cannot be reached as planned",
}
# Who says so explains it.
UNSETTLED = frozenset({Standing.LATE, Standing.CHANGED})


@dataclass(frozen=True, slots=True)
class Part:
    """A question of the report.

    Attributes:
        id: Its key.
        title: What the page says.
        hint: What helps to answer it.
        is_required: Whether it may stay empty.
    """

    id: str
    title: str
    hint: str
    is_required: bool = True


@dataclass(frozen=True, slots=True)
class Milestone:
    """A milestone as the proposal promised it.

    Attributes:
        number: Its number in the proposal.
        what: What will be there.
        proof: How anybody can see it.
        due_on: Last day of the month of the award in which it was promised; None if unreadable.
    """

    number: int
    what: str
    proof: str = ""
    due_on: date | None = None


PARTS = (
    Part(
        "done",
        "What was done in this period",
        "Compare it with what you planned: events held, firms reached, studies finished.",
    ),
    Part(
        "results",
        "What came of it",
        "Figures where there are any, and how you know them.",
    ),
    Part(
        "difficulties",
        "What was difficult, and what you do about it",
        "Write “None” if nothing was. Delays, costs that rose, partners who left.",
    ),
    Part("next", "What comes next", "What you will do in the next period, or after the award."),
    Part(
        "people",
        "Changes of key people",
        "Who came, who left, who does less than planned. Leave empty if nobody changed.",
        is_required=False,
    ),
)
PART_TITLES = {one.id: one.title for one in PARTS}


def clean_answers(given: Mapping[str, Any]) -> dict[str, Any]:
    """Return answers in the shape in which they are kept: known parts, text only.

    >>> clean_answers({"done": "So.", "x": 1})["done"]
    'So.'
    """
    rows = given.get(MILESTONES, {})
    return {
        **{one.id: str(given.get(one.id, "")) for one in PARTS},
        MILESTONES: {
            str(number): {
                "standing": str(row.get("standing", "")),
                "words": str(row.get("words", "")),
            }
            for number, row in sorted(rows.items())
            if row.get("standing") or row.get("words")
        },
    }


def performance_refusals(
    answers: Mapping[str, Any], milestones: Sequence[Milestone]
) -> dict[str, Refusal]:
    """What is missing in a performance report, by the field where it is mended."""
    found = {}
    for part in PARTS:
        length = len(str(answers.get(part.id, "")).strip())
        if not length and part.is_required:
            found[part.id] = Refusal("part_missing", f"Answer “{part.title}”.")
    done = str(answers.get("done", "")).strip()
    if done and len(done) < SHORTEST:
        found["done"] = Refusal(
            "part_too_short", f"Say what was done in at least {SHORTEST} characters."
        )
    rows = answers.get(MILESTONES, {})
    for one in milestones:
        row = rows.get(str(one.number), {})
        if row.get("standing") not in set(Standing):
            found[f"standing_{one.number}"] = Refusal(
                "milestone_missing", f"Say where milestone {one.number} stands."
            )
        elif row["standing"] in UNSETTLED and not str(row.get("words", "")).strip():
            found[f"words_{one.number}"] = Refusal(
                "milestone_unexplained",
                f"Milestone {one.number}: say why, and what you do about it.",
            )
    return found


def round_refusal(*, read: int, now: int) -> Refusal | None:
    """Nobody's words about one round are taken for another that was submitted meanwhile.

    >>> round_refusal(read=1, now=2).code
    'another_round'
    """
    if read == now:
        return None
    return Refusal(
        "another_round",
        "The group submitted the report anew after you opened this page. Read the new round, "
        "then review it.",
    )


def reviewer_refusal(*, reviewer: int, submitters: Sequence[int]) -> Refusal | None:
    """Nobody reviews a report that they submitted, in whichever round.

    >>> reviewer_refusal(reviewer=1, submitters=[2]) is None
    True
    """
    if reviewer not in submitters:
        return None
    return Refusal(
        "own_report", "You submitted this report, so you cannot review it. Another officer must."
    )


def revision_refusal(words: str, revise_by: date | None, today: date) -> Refusal | None:
    """A revision names what is missing and leaves time for it."""
    if not words.strip():
        return Refusal("words_missing", "Say what is missing or wrong. The group reads it.")
    if revise_by is None or not today < revise_by <= today + timedelta(days=MOST_DAYS_TO_REVISE):
        return Refusal(
            "no_day_to_revise",
            f"Choose the last day for the revision: after today, within {MOST_DAYS_TO_REVISE} "
            "days.",
        )
    return None


def milestone_day(starts_on: date, month: int) -> date:
    """The last day of a month of the award, counted from its first day.

    >>> milestone_day(date(2026, 1, 31), 1), milestone_day(date(2026, 3, 1), 12)
    (datetime.date(2026, 2, 27), datetime.date(2027, 2, 28))
    """
    months = starts_on.month - 1 + month
    year, month_index = starts_on.year + months // 12, months % 12 + 1
    following = date(year + month_index // 12, month_index % 12 + 1, 1)
    longest = (following - timedelta(days=1)).day
    return date(year, month_index, min(starts_on.day, longest)) - timedelta(days=1)
