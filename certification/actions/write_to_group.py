"""A letter about an application to everybody who holds a seat in its group."""

from __future__ import annotations

from datetime import datetime

from django.urls import reverse

from certification.actions.write_to_seats import write_to_seats
from certification.models import Application
from certification.rules.letters import LetterText
from trail.models import Case


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
    write_to_seats(
        at=at,
        group=application.group,
        agency=application.agency,
        case=case or application.case,
        letter=letter if letter.link_path else letter.to(*link_to(application)),
        key=key,
    )


def link_to(application: Application) -> tuple[str, str]:
    """Where the applicant reads on."""
    address = reverse("certification:application", args=[application.case.reference])
    return "Open your application", address
