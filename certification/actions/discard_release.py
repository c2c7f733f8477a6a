"""Take away what was prepared for the register, with a reason that colleagues can read."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from certification.models import Application
from certification.queries.workers import seat_holders
from certification.rules.decision import own_case
from kit.refusals import Refused
from records.actions.publish import discard_publication
from records.models import Publication
from trail.actions.claim_key import claim_key, settle_key
from trail.actors import Actor


@transaction.atomic
def discard_release(
    *,
    actor: Actor,
    at: datetime,
    application: Application,
    publication: Publication,
    reason: str,
    key: str = "",
) -> None:
    """Discard what waits, or stop a release before its time.

    Raises:
        Refused: ``own_case``; ``reason_needed``; ``discarded``; ``already_public``.
    """
    claim = None
    if key:
        body = f"publication {publication.pk} {reason}"
        claim = claim_key(actor=actor, at=at, key=key, verb="discard_release", body=body)
        if claim.result_reference:
            return
    refusal = own_case(seats=seat_holders(application), user_pk=actor.user_pk)
    if refusal is not None:
        raise Refused(refusal)
    discard_publication(actor=actor, at=at, publication=publication, reason=reason)
    if claim is not None:
        settle_key(claim, str(publication.pk))
