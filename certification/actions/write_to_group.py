"""One letter to everybody who holds a seat in a group."""

from __future__ import annotations

from datetime import datetime

from django.urls import reverse

from certification.models import Application
from certification.rules.letters import LetterText
from records.actions.send_letter import Recipient, send_letter
from trail.models import Case

TEMPLATE = "certification/mail/case_letter"


def write_to_group(
    *,
    at: datetime,
    application: Application,
    letter: LetterText,
    key: str,
    case: Case | None = None,
) -> None:
    """Write the letter now, once per seat; the outbox delivers it.

    Args:
        at: When it was written.
        application: Whose group is written to.
        letter: What it says.
        key: Unique per act; the seat holder is added.
        case: The case that keeps the copy; the application's own unless given.
    """
    agency = application.agency
    letter = letter.within(agency.time_zone)
    context = {
        "letter": letter if letter.link_path else letter.to(*link_to(application)),
        "group": application.group.name,
        "reference": (case or application.case).reference,
        "agency": agency.name,
        "contact_name": agency.contact_name,
        "contact_email": agency.contact_email,
    }
    for seat in application.group.seats.filter(until=None).select_related("user"):
        send_letter(
            case=case or application.case,
            at=at,
            template=TEMPLATE,
            to=Recipient(seat.user.email, str(seat.user)),
            context=context,
            key=f"{key}:{seat.user_id}",
            is_notice=letter.is_notice,
        )


def link_to(application: Application) -> tuple[str, str]:
    """Where the applicant reads on."""
    address = reverse("certification:application", args=[application.case.reference])
    return "Open your application", address
