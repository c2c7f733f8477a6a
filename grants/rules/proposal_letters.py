"""What the portal writes to a group about its proposal."""

from datetime import datetime

from certification.rules.letters import Item, LetterText


def reminder(*, title: str, until: datetime, has_version: bool) -> LetterText:
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
        due_at=until,
    )


def received(*, receipt: str, content_hash: str, until: datetime | None, agency: str) -> LetterText:
    """A receipt for a version in which nothing is missing."""
    return LetterText(
        subject=f"We have received your proposal: receipt {receipt}",
        paragraphs=(
            (
                "Your proposal is received complete. Keep this message: your receipt number is "
                f"{receipt}."
            ),
            (
                f"After the close {agency} checks that the proposal may be judged; then reviewers "
                "read it. You do not have to do anything now."
            ),
            f"The fingerprint (SHA-256) of what you submitted is {content_hash}.",
        ),
        due_words="You may still submit a newer version, and the last complete one counts,",
        due_at=until,
    )


def returned(*, receipt: str, sentences: tuple[str, ...], until: datetime | None) -> LetterText:
    """A version that arrived but cannot be taken as it is."""
    return LetterText(
        subject=f"Your proposal came back with errors: receipt {receipt}",
        paragraphs=(
            f"We received your proposal (receipt {receipt}), but it cannot be taken as it is.",
            (
                "Prepare a new version, mend what is wrong, certify it and submit it again. A "
                "version that was received complete before goes on counting."
            ),
        ),
        items_title="What is wrong",
        items=tuple(Item(sentence) for sentence in sentences),
        due_words="Submit the new version",
        due_at=until,
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


def giver_declined(giver: str, title: str) -> LetterText:
    """A giver does not give; the group needs another one."""
    return LetterText(
        subject=f"{giver} does not give matching funds",
        paragraphs=(
            f"{giver} was asked to promise matching funds for “{title}” and declined.",
            "Find another giver or change the budget: only what is signed counts.",
        ),
    )


def late_allowed(title: str, until: datetime) -> LetterText:
    """The group may submit after the close."""
    return LetterText(
        subject=f"You may still submit: {title}",
        paragraphs=(
            (
                f"The competition has closed, but your proposal “{title}” may still be submitted, "
                "once everything in it is complete and certified."
            ),
        ),
        due_words="Submit it",
        due_at=until,
    )
