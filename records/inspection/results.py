"""What an inspection finds: a fit file with its facts, or a refusal with a sentence."""

from __future__ import annotations

from dataclasses import dataclass

from kit.refusals import Refused, refuse


@dataclass(frozen=True, slots=True)
class Inspected:
    """A file whose content is what its name says.

    Attributes:
        media_type: By content.
        page_count: Of a PDF.
        has_formulas: Whether a spreadsheet program would calculate cells of a CSV.
    """

    media_type: str
    page_count: int | None = None
    has_formulas: bool = False


def unfit(code: str, sentence: str) -> Refused:
    """Build the refusal of a file."""
    return refuse(code, sentence)


def damaged(what: str) -> Refused:
    """Build the refusal of a file that cannot be read to its end."""
    return refuse(
        "file_damaged",
        f"This {what} is damaged or incomplete: we cannot read it to its end. "
        "Open it on your computer, save it again, and upload that.",
    )
