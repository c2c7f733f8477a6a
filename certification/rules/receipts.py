"""What the portal writes when an application is submitted or withdrawn."""

from datetime import datetime

from certification.rules.debrief import COME_BACK
from certification.rules.letters import LetterText
from certification.rules.wording import counted


def next_after_submitting(agency: str, business_days: int) -> str:
    """What happens next, for the receipt and the letter.

    >>> next_after_submitting("The office", 10).startswith("The office takes a first look")
    True
    """
    return (
        f"{agency} takes a first look within {counted(business_days, 'business day')}. "
        "If something is unclear, we ask you. You do not have to do anything now."
    )


def submitted(
    *, receipt: str, content_hash: str, received_at: datetime, next_words: str
) -> LetterText:
    """A receipt: number, time, fingerprint."""
    return LetterText(
        subject=f"We have received your application: receipt {receipt}",
        paragraphs=(
            f"Your application is submitted. Keep this message: your receipt number is {receipt}.",
            next_words,
            f"The fingerprint (SHA-256) of what you submitted is {content_hash}.",
        ),
        due_words="Your application counts as received",
        due_at=received_at,
    )


def withdrawn() -> LetterText:
    """A confirmation that the application is withdrawn."""
    return LetterText(
        subject="Your application is withdrawn",
        paragraphs=(
            "As you asked, your application is withdrawn. Nobody goes on working on it.",
            "Nothing that you wrote is lost: you can read it at any time.",
            COME_BACK,
        ),
    )
