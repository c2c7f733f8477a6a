"""One letter a day with everything that waited; nothing is lost, nothing told twice."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from records.actions.send_letter import Recipient, send_letter
from records.models import Letter
from records.queries.notices import last_digest_at, waiting_addresses
from records.rules.letters import digest_is_due
from records.sealed_words import mask

TEMPLATE = "records/mail/digest"
ZONE = "America/New_York"


def write_digests(*, at: datetime) -> int:
    """Write every digest that is due, each in a transaction of its own; return how many."""
    return sum(_write_one(address, at) for address in waiting_addresses())


@transaction.atomic
def _write_one(address: str, at: datetime) -> bool:
    """The rows' locks and the mark of the digest make a second run harmless."""
    rows = list(
        Letter.objects.select_for_update(skip_locked=True, of=("self",))
        .filter(to_address=address, is_held=True, digest=None)
        .order_by("written_at", "pk")
    )
    if not rows or not digest_is_due(now=at, last=last_digest_at(address, TEMPLATE), zone=ZONE):
        return False
    notices = [
        {"subject": row.subject, "text": mask(row.text), "written_at": row.written_at}
        for row in rows
    ]
    digest = send_letter(
        case=None,
        at=at,
        template=TEMPLATE,
        to=Recipient(address, rows[-1].to_name),
        context={"notices": notices},
        key=f"digest:{rows[0].pk}",
    )
    Letter.objects.filter(pk__in=[row.pk for row in rows]).update(digest=digest)
    return True
