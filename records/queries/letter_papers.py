"""A kept letter as a paper, under the letterhead of the office that wrote it."""

from __future__ import annotations

from zoneinfo import ZoneInfo

from django.conf import settings

from records.models import Letter
from records.registry import Letterhead, letterhead_of
from records.rules.papers import Paper, blocks_of
from records.sealed_words import mask

KIND = "letter"


def letter_paper(letter: Letter) -> Paper:
    """The letter as it was sent; personal links and codes are not in it."""
    head = letterhead_of(letter.case) if letter.case else None
    office = head or Letterhead("Clusters Portal", (settings.PORTAL_ADDRESS,))
    day = letter.written_at.astimezone(ZoneInfo(office.zone))
    about = f"Letter {letter.reference}"
    return Paper(
        template="letter",
        title=letter.subject,
        author=office.office,
        made_at=letter.written_at,
        data={
            "letterhead": list(office.lines),
            "addressee": [line for line in (letter.to_name, letter.to_address) if line],
            "date": f"{day:%B} {day.day}, {day.year}",
            "footer": f"{about}, case {letter.case.reference}" if letter.case else about,
            "blocks": blocks_of(mask(letter.text)),
        },
    )
