"""One letter to everybody who holds a seat in a group, whatever case it is about."""

from __future__ import annotations

from datetime import datetime

from accounts.models import Agency
from certification.models import ClusterGroup
from certification.rules.letters import LetterText
from records.actions.send_letter import Recipient, send_letter
from trail.models import Case

TEMPLATE = "certification/mail/case_letter"


def write_to_seats(
    *,
    at: datetime,
    group: ClusterGroup,
    agency: Agency,
    case: Case,
    letter: LetterText,
    key: str,
) -> None:
    """Write the letter now, once per seat; the outbox delivers it.

    Args:
        at: When it was written.
        group: Whose seats are written to.
        agency: Under whose letterhead, and in whose zone.
        case: The case that keeps the copy.
        letter: What it says, with the link to where its reader goes on.
        key: Unique per act; the seat holder is added.
    """
    context = {
        "letter": letter.within(agency.time_zone),
        "group": group.name,
        "reference": case.reference,
        "agency": agency.name,
        "contact_name": agency.contact_name,
        "contact_email": agency.contact_email,
    }
    for seat in group.seats.filter(until=None).select_related("user"):
        send_letter(
            case=case,
            at=at,
            template=TEMPLATE,
            to=Recipient(seat.user.email, str(seat.user)),
            context=context,
            key=f"{key}:{seat.user_id}",
            is_notice=letter.is_notice,
        )
