"""What the portal writes to a group about its proposal."""

from datetime import datetime

from certification.rules.letters import Item, LetterText


def reminder(*, title: str, closes_at: datetime, has_version: bool) -> LetterText:
    """The close comes nearer and the version being written is not submitted."""
    kept = (
        "The version that you submitted before counts unless a newer one is submitted."
        if has_version
        else "Nothing was submitted yet. What is not submitted in time is not read."
    )
    return LetterText(
        subject=f"Not yet submitted: {title}",
        paragraphs=(f"Your proposal “{title}” is still being written.", kept),
        due_words="Submit it",
        due_at=closes_at,
    )


def received(*, receipt: str, content_hash: str, next_words: str) -> LetterText:
    """A receipt for a version in which nothing is missing."""
    return LetterText(
        subject=f"We have received your proposal: receipt {receipt}",
        paragraphs=(
            (
                f"Your proposal is received complete. Keep this message: your receipt number is "
                f"{receipt}."
            ),
            next_words,
            f"The fingerprint (SHA-256) of what you submitted is {content_hash}.",
        ),
    )


def returned(*, receipt: str, sentences: tuple[str, ...], may_mend: str) -> LetterText:
    """A version that arrived but cannot be taken as it is."""
    return LetterText(
        subject=f"Your proposal came back with errors: receipt {receipt}",
        paragraphs=(
            f"We received your proposal (receipt {receipt}), but it cannot be taken as it is.",
            may_mend,
        ),
        items_title="What is wrong",
        items=tuple(Item(sentence) for sentence in sentences),
    )


def withdrawn() -> LetterText:
    """A confirmation that the proposal is withdrawn."""
    return LetterText(
        subject="Your proposal is withdrawn",
        paragraphs=(
            "As you asked, your proposal is withdrawn. Nobody goes on working on it.",
            "Nothing that you wrote is lost: you can read it at any time.",
        ),
    )
