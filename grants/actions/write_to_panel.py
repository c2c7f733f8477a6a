"""One letter to somebody of the panel; it names no proposal and nobody else of the panel."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from grants.models import Competition, PanelSeat
from records.actions.send_letter import Recipient, send_letter

TEMPLATE = "grants/mail/panel_letter"


@dataclass(frozen=True, slots=True)
class PanelLetter:
    """What a letter to a reviewer or chair says."""

    subject: str
    text: str
    link_words: str
    link_path: str
    due_at: datetime | None = None


def write_to_panel(
    *, at: datetime, competition: Competition, seat: PanelSeat, letter: PanelLetter, key: str
) -> None:
    """Write the letter now; the outbox delivers it.

    Args:
        at: When it was written.
        competition: Whose case keeps the copy.
        seat: To whom.
        letter: What it says.
        key: Unique per act; the seat is added.
    """
    agency = competition.agency
    send_letter(
        case=competition.case,
        at=at,
        template=TEMPLATE,
        to=Recipient(seat.user.email, str(seat.user)),
        context={
            "letter": letter,
            "competition": competition.title,
            "reference": competition.case.reference,
            "zone": competition.time_zone,
            "agency": agency.name,
            "contact_name": agency.contact_name,
            "contact_email": agency.contact_email,
        },
        key=f"{key}:{seat.reference}",
    )
