"""What a group is told about its award."""

from __future__ import annotations

from datetime import datetime

from certification.rules.letters import Item, LetterText

LEFT_OUT = (
    "What pays for an award never matches it: promises of the office whose pool pays for this "
    "award are not in the match ledger. Ask other givers for that part of the match."
)
SPEND_NOTHING = "Until the award is accepted there is no award: costs are at your own risk."


def offered(
    title: str, number: str, facts: tuple[tuple[str, str], ...], until: datetime
) -> LetterText:
    """The award is offered: what it says, and until when it can be accepted."""
    return LetterText(
        subject=f"Your award {number} is offered: {title}",
        paragraphs=(
            f"The agency offers your group award {number} for “{title}”.",
            "An authorized representative of your group reads it and accepts or declines it.",
            SPEND_NOTHING,
        ),
        items_title="The award in short",
        items=tuple(Item(label, words) for label, words in facts),
        due_words="Please answer",
        due_at=until,
        after=("Budget, terms and conditions are on the page of the award.",),
    )


def reminded(title: str, number: str, until: datetime) -> LetterText:
    """The offer ends soon."""
    return LetterText(
        subject=f"Your award {number} still waits for an answer",
        paragraphs=(f"Award {number} for “{title}” was offered to your group and waits.",),
        due_words="Please answer",
        due_at=until,
    )


def extended(number: str, reason: str, until: datetime) -> LetterText:
    """There is more time to answer."""
    return LetterText(
        subject=f"You have more time to answer the offer of award {number}",
        paragraphs=("The agency gives you more time to answer.", f"The reason: {reason}"),
        due_words="Please answer",
        due_at=until,
    )


def accepted(title: str, number: str, pledges: int, left_out: tuple[str, ...] = ()) -> LetterText:
    """The award is accepted: what follows; ``left_out`` are givers whose money feeds the award."""
    missed = f"{LEFT_OUT} Not taken over: {'; '.join(left_out)}."
    return LetterText(
        subject=f"Award {number} is accepted",
        paragraphs=(
            f"Award {number} for “{title}” is accepted and active.",
            (
                f"Signed promises of your proposal now in the match ledger: {pledges}. "
                "What givers give counts once an officer has verified it."
            ),
            *((missed,) if left_out else ()),
            "Keep records of every cost and every contribution from the first day on.",
        ),
    )


def declined(title: str, number: str) -> LetterText:
    """The award is declined."""
    return LetterText(
        subject=f"Award {number} is declined",
        paragraphs=(
            f"Your group has declined award {number} for “{title}”. The money is free for others.",
            "You may apply again in any later competition. There is no waiting period.",
        ),
    )


def taken_back(title: str, number: str, reason: str, was_due: datetime | None) -> LetterText:
    """The agency took an offer back that nobody answered in time."""
    return LetterText(
        subject=f"The offer of award {number} is taken back",
        paragraphs=(
            (
                f"Award {number} for “{title}” was offered to your group. Nobody answered it by "
                "its last day, so the agency has taken the offer back. The money is free for "
                "others."
            ),
            f"The reason: {reason}",
            (
                "If you think that this is a mistake, write to the agency's grants officer now. "
                "You may apply again in any later competition. There is no waiting period."
            ),
        ),
        due_words="The last day to answer was",
        due_at=was_due,
    )
