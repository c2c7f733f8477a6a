"""How much a case may hold and how fast one person may add; what may be changed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from kit.refusals import Refusal
from records.rules.files import MEGABYTE, megabytes

CASE_FILES, CASE_BYTES = 300, 1000 * MEGABYTE
RATE, RATE_SPAN = 60, timedelta(minutes=10)

SUBMITTED = Refusal(
    "document_submitted",
    "This document was submitted: it stays as it is. You can add a new document instead.",
)
COPY_OF_OPEN = Refusal(
    "not_confidential",
    "Only a confidential document gets a redacted copy. Mark it as confidential first.",
)
COPY_EXISTS = Refusal(
    "redacted_copy_exists",
    "This document already has a redacted copy. Replace that one with a new version.",
)


@dataclass(frozen=True, slots=True)
class Held:
    """What a case holds and what a person has added lately.

    Attributes:
        files: Versions in the case.
        size: Their bytes together.
        recent: Files that the person added within ``RATE_SPAN``, anywhere.
    """

    files: int
    size: int
    recent: int


def quota_refusal(held: Held, size: int) -> Refusal | None:
    """Say why no further file can be taken now, or None."""
    if held.recent >= RATE:
        minutes = int(RATE_SPAN.total_seconds() // 60)
        return Refusal(
            "too_many_uploads",
            f"You have added {held.recent} files within {minutes} minutes. "
            f"Wait {minutes} minutes, then go on.",
        )
    if held.files >= CASE_FILES:
        return Refusal(
            "case_full",
            f"This case holds {held.files} files; {CASE_FILES} are possible. "
            "Put what belongs together into one PDF.",
        )
    if held.size + size > CASE_BYTES:
        return Refusal(
            "case_full",
            f"This case holds {megabytes(held.size)}; {megabytes(CASE_BYTES)} are possible. "
            "Make the files smaller, for example by scanning at 200 dots per inch.",
        )
    return None


def opening_refusal(
    *, was_confidential: bool, is_confidential: bool, pinned: bool
) -> Refusal | None:
    """Say why a confidential mark cannot be taken away: once submitted it protects for good."""
    if was_confidential and not is_confidential and pinned:
        return Refusal(
            "mark_stays",
            "This document was submitted as confidential. Attach a redacted copy instead.",
        )
    return None
