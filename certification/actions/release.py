"""The second of two persons: release what was prepared, at once or at the set time."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from certification.models import Application
from certification.queries.workers import seat_holders
from certification.rules.decision import own_case
from certification.rules.register import KIND_DESIGNATION
from kit.refusals import Refused, refuse
from records.actions.publish import release_publication
from records.models import Publication
from trail.actions.claim_key import claim_key, settle_key
from trail.actions.queue_effect import queue_effect
from trail.actors import Actor

EFFECT = "announce_release"


@transaction.atomic
def release(
    *,
    actor: Actor,
    at: datetime,
    application: Application,
    publication: Publication,
    key: str = "",
) -> None:
    """Release, at once or from the moment that was set when it was prepared.

    Side effects: the release, trail; the group hears of a designation when it is public.

    Raises:
        Refused: ``maker_is_checker`` by the person who prepared it; ``own_case``;
            ``already_released``; ``discarded``; ``superseded`` when a newer one was prepared.
    """
    claim = None
    if key:
        body = f"publication {publication.pk}"
        claim = claim_key(actor=actor, at=at, key=key, verb="release", body=body)
        if claim.result_reference:
            return
    refusal = own_case(seats=seat_holders(application), user_pk=actor.user_pk)
    if refusal is not None:
        raise Refused(refusal)
    Publication.objects.select_for_update(of=("self",)).get(pk=publication.pk)
    newer = Publication.objects.filter(
        case=publication.case,
        kind=publication.kind,
        number__gt=publication.number,
        discarded_at=None,
    )
    if newer.exists():
        raise refuse("superseded", "A newer version was prepared. Release that one instead.")
    row = release_publication(actor=actor, at=at, publication=publication)
    if publication.kind == KIND_DESIGNATION:
        queue_effect(
            key=f"announce_release:{row.pk}",
            kind=EFFECT,
            at=row.public_from or at,
            payload={"publication": row.pk, "application": application.pk},
            case=row.case,
        )
    if claim is not None:
        settle_key(claim, str(publication.pk))
