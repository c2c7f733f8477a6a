"""The second of two persons: release what was prepared; from now on it is public."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.urls import reverse

from certification.actions.write_to_group import write_to_group
from certification.models import Application
from certification.queries.workers import seat_holders
from certification.rules.decision import own_case
from certification.rules.letters import on_the_register
from certification.rules.register import KIND_DESIGNATION
from kit.refusals import Refused, refuse
from records.actions.publish import release_publication
from records.models import Publication
from trail.actions.claim_key import claim_key, settle_key
from trail.actors import Actor


@transaction.atomic
def release(
    *,
    actor: Actor,
    at: datetime,
    application: Application,
    publication: Publication,
    key: str = "",
) -> None:
    """Release at once.

    Side effects: the release, trail, a letter to the group of a designation.

    Raises:
        Refused: ``maker_is_checker`` by the person who prepared it; ``own_case``;
            ``already_released``; ``superseded`` when a newer snapshot was prepared.
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
        case=publication.case, kind=publication.kind, number__gt=publication.number
    )
    if newer.exists():
        raise refuse("superseded", "A newer version was prepared. Release that one instead.")
    release_publication(actor=actor, at=at, publication=publication)
    if publication.kind == KIND_DESIGNATION:
        address = reverse("certification:register_entry", args=[publication.case.reference])
        write_to_group(
            at=at,
            application=application,
            letter=on_the_register().to("Open your entry", address),
            key=f"release:{publication.pk}",
            case=publication.case,
        )
    if claim is not None:
        settle_key(claim, str(publication.pk))
