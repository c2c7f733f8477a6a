"""A letter came back: an operator, or the mail system, says so."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from kit.refusals import refuse
from records.models import Letter
from records.rules.letters import header_line
from trail.actions.record_entry import record_entry
from trail.actors import Actor

LONGEST_REASON = 300


@transaction.atomic
def record_bounce(*, actor: Actor, at: datetime, letter: Letter, reason: str) -> Letter:
    """Mark a letter as returned, with the reason that the mail system gave.

    Side effects: one entry on the trail of the letter's case.

    Raises:
        Refused: ``not_sent`` before it has left; ``already_bounced``.
    """
    row = Letter.objects.select_for_update(of=("self",)).get(pk=letter.pk)
    if row.delivered_at is None:
        raise refuse("not_sent", "This letter has not left yet.")
    if row.bounced_at is not None:
        raise refuse("already_bounced", "This letter is marked as returned already.")
    row.bounced_at = at
    row.bounce_reason = header_line(reason, LONGEST_REASON) or "No reason was given."
    row.save(update_fields=["bounced_at", "bounce_reason"])
    if row.case is not None:
        facts = {"letter": row.reference}
        record_entry(case=row.case, actor=actor, at=at, verb="letter_returned", facts=facts)
    return row
