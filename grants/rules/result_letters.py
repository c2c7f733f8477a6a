"""What applicants are told on the day of the results, and about their appeals."""

from __future__ import annotations

from datetime import datetime

from certification.rules.letters import LetterText
from grants.rules.debrief import QUARTILE_WORDS

READ_ON = "Your debrief tells the mean of every criterion and what the reviewers wrote."
ERRORS = (
    "You may appeal if a rule of the notice was not followed, a fact was wrong, or somebody who "
    "judged had an undisclosed conflict. That a score seems low is no ground."
)


def selected(title: str, amount: str, until: datetime, path: str) -> LetterText:
    """The proposal is selected."""
    return LetterText(
        subject=f"Your proposal is selected: {title}",
        paragraphs=(
            f"The agency has selected your proposal “{title}” for {amount}.",
            "This is not yet an award: spend nothing on it before you have one in writing.",
            READ_ON,
        ),
        due_words="You may appeal",
        due_at=until,
    ).to("Open your debrief", path)


def not_selected(
    title: str, quarter: int, until: datetime, path: str, *, is_reserve: bool
) -> LetterText:
    """The proposal is not selected, or in reserve."""
    place = (
        "It is in reserve: if money becomes free, the next of the ranked list is asked."
        if is_reserve
        else "You may apply again in any later competition. There is no waiting period."
    )
    return LetterText(
        subject=f"Result of your proposal: {title}",
        paragraphs=(
            (
                f"The agency has not selected your proposal “{title}”. It lies "
                f"{QUARTILE_WORDS[quarter]} of the ranked proposals."
            ),
            place,
            READ_ON,
            ERRORS,
        ),
        due_words="You may appeal",
        due_at=until,
    ).to("Open your debrief", path)


def not_judged(title: str, rule: str, until: datetime, path: str) -> LetterText:
    """The results are announced, and the proposal was not among those judged."""
    return LetterText(
        subject=f"Result of your proposal: {title}",
        paragraphs=(
            f"The results are announced. Your proposal “{title}” was not judged: {rule}.",
            "You may apply again in any later competition. There is no waiting period.",
            "Your debrief repeats the rule, our explanation, and the figures that we checked.",
            ERRORS,
        ),
        due_words="You may appeal",
        due_at=until,
    ).to("Open your debrief", path)


def appeal_received(reference: str, path: str) -> LetterText:
    """The appeal has arrived."""
    return LetterText(
        subject=f"We have received your appeal {reference}",
        paragraphs=(
            "An appeals officer who took no part in this competition decides on it.",
            "You hear from us in writing. You do not have to do anything now.",
        ),
    ).to("Open your appeal", path)


def appeal_decided(
    reference: str, path: str, *, is_upheld: bool, reasons: str, remedy: str
) -> LetterText:
    """The appeal is decided."""
    outcome = "upheld" if is_upheld else "dismissed"
    more = (f"What the agency will do: {remedy}",) if is_upheld else ()
    return LetterText(
        subject=f"Your appeal {reference} is {outcome}",
        paragraphs=(f"The appeals officer has {outcome} your appeal.", reasons, *more),
    ).to("Open your appeal", path)
