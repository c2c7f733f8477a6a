"""The authorized representative submits: from now on the words stand as they are."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from certification.actions.move_application import Act, Asked, Step, begin_act, finish_act
from certification.models import Application
from certification.queries.application_content import content_of
from certification.queries.applications import draft_of, person_in
from certification.queries.clocks import rulebook_of
from certification.rules import receipts
from certification.rules.submission import submit_refusals
from kit.references import new_reference
from kit.refusals import Refused
from trail.actors import Actor
from trail.rules.chain import canonical, digest


@transaction.atomic
def submit_application(
    *, actor: Actor, at: datetime, application: Application, key: str
) -> Application:
    """Submit, once: the same key again returns the same receipt.

    The arrival ``at`` is the time that counts, however long the request waited. Nothing outside
    the database is needed: letters go into the outbox and follow when they can.

    Side effects: state, receipt, the words and their hash; trail, clocks, a letter to each seat.

    Raises:
        Refused: ``illegal_transition``, or the first of
            `certification.rules.submission.submit_refusals`.
    """
    asked = Asked("submit", key)
    act = begin_act(actor=actor, at=at, application=application, asked=asked)
    row = act.application
    if act.is_repeat:
        return row
    refusals = submit_refusals(draft_of(row), person_in(row.group, actor))
    if refusals:
        raise Refused(refusals[0])
    finish_act(act, _step(act))
    return row


def _step(act: Act) -> Step:
    row = act.application
    content = content_of(row)
    receipt, content_hash = new_reference("RC"), digest(canonical(content))
    days = rulebook_of(row, act.at).whole("clock.intake_business_days")
    return Step(
        facts={
            "receipt": receipt,
            "content_hash": content_hash,
            "received_at": act.at.isoformat(),
            "zone": row.agency.time_zone,
        },
        changes={
            "submitted_by": str(act.actor),
            "submitted_at": act.at,
            "receipt_number": receipt,
            "content": content,
            "content_hash": content_hash,
        },
        letter=receipts.submitted(
            receipt=receipt,
            content_hash=content_hash,
            received_at=act.at,
            next_words=receipts.next_after_submitting(row.agency.name, days),
        ),
    )
