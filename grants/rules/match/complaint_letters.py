"""What the portal writes when a giver says that something is wrong."""

from __future__ import annotations

from certification.rules.letters import LetterText
from grants.rules.match.complaints import NO_RETALIATION


def kept(giver: str, group: str, words: str) -> LetterText:
    """To the giver: what it said is kept, and who reads it."""
    return LetterText(
        subject=f"We have what you wrote about {group}",
        paragraphs=(
            f"This was written in the name of {giver}:",
            words,
            (
                f"{group} and the officers of the award read it. The group answers, and an officer "
                "who belongs to neither side decides. You get a letter about both."
            ),
            NO_RETALIATION,
        ),
        after=("Did you not write this? Answer to the address below.",),
    )


def told(giver: str, words: str) -> LetterText:
    """To the group: what the giver said."""
    return LetterText(
        subject=f"{giver} says that something is wrong",
        paragraphs=(
            f"{giver} gave or promised matching funds to your award and writes:",
            words,
            "Answer in your own words. The giver and the officers of the award read your answer.",
            NO_RETALIATION,
        ),
    )


def answered(giver: str, group: str, words: str, answer: str) -> LetterText:
    """To the giver: what the group answered."""
    return LetterText(
        subject=f"{group} has answered you",
        paragraphs=(
            f"{giver} wrote:",
            words,
            f"{group} answers:",
            answer,
            "An officer of the agency reads both and decides. You get a letter about it.",
        ),
    )


def decided(giver: str, words: str, outcome: str, decision: str) -> LetterText:
    """To both: what the officer decided."""
    return LetterText(
        subject=f"Decided: what {giver} said",
        paragraphs=(
            f"{giver} wrote:",
            words,
            f"The officer decided: {outcome}.",
            decision,
            NO_RETALIATION,
        ),
    )
