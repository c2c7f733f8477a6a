"""What the portal writes to a group about its matching funds."""

from certification.rules.letters import LetterText


def denied(giver: str, amount: str) -> LetterText:
    """The giver says that it did not give this."""
    return LetterText(
        subject=f"{giver} does not confirm a contribution",
        paragraphs=(
            (
                f"{giver} says that the contribution of {amount} that you recorded is not right. "
                "It no longer counts, and the entry is reversed."
            ),
            "Speak with them. If something else was given, record that.",
        ),
    )


def confirmed(giver: str, amount: str) -> LetterText:
    """The giver confirms."""
    return LetterText(
        is_notice=True,
        subject=f"{giver} confirms its contribution",
        paragraphs=(
            f"{giver} has confirmed that it gave {amount}. You can submit it for verification now.",
        ),
    )


def verified(giver: str, amount: str) -> LetterText:
    """The agency has verified."""
    return LetterText(
        is_notice=True,
        subject=f"Match of {amount} is verified",
        paragraphs=(f"The contribution of {amount} by {giver} is verified and counts.",),
    )


def queried(giver: str, amount: str, words: str) -> LetterText:
    """The agency asks something before it verifies."""
    return LetterText(
        subject="A question about your matching funds",
        paragraphs=(
            f"Before we verify the contribution of {amount} by {giver}, please answer this:",
            words,
        ),
    )


def rejected(giver: str, amount: str, test: str, words: str) -> LetterText:
    """The agency rejects."""
    return LetterText(
        subject=f"Match of {amount} is not accepted",
        paragraphs=(
            f"The contribution of {amount} by {giver} fails a test of 2 CFR 200.306(b): {test}.",
            words,
            "Its entry is reversed; the promise is open again.",
        ),
    )


def disallowed(giver: str, amount: str, test: str, words: str) -> LetterText:
    """The agency takes back what it had verified."""
    return LetterText(
        subject=f"Match of {amount} is disallowed",
        paragraphs=(
            f"{amount} of the contribution by {giver} no longer counts: {test}.",
            words,
            (
                "It was taken back by reversing entries. What was drawn beyond the match that is "
                "left is owed back; the page of payments shows it."
            ),
        ),
    )
