"""A letter as its reader will get it, for whoever looks before it is sent."""

from __future__ import annotations

from dataclasses import dataclass

from records.models import Letter
from records.sealed_words import mask

# A link pressed inside the frame wants a window of its own, which the sandbox does not open.
_BEFORE = '<!DOCTYPE html><html lang="en"><head><base target="_blank"></head>'


@dataclass(frozen=True, slots=True)
class LetterPreview:
    """Both halves of a mail.

    Attributes:
        to: Who gets it.
        subject: Its head.
        text: What plain mail programs show.
        document: A whole page that a sandboxed frame shows as most mail programs do; empty
            where the letter is plain only.
    """

    to: str
    subject: str
    text: str
    document: str


def letter_preview(letter: Letter) -> LetterPreview:
    """Return what leaves the portal, words that only the reader may know left out."""
    return LetterPreview(
        to=letter.to_name or letter.to_address,
        subject=letter.subject,
        text=mask(letter.text),
        document=_BEFORE + mask(letter.html) if letter.html else "",
    )
