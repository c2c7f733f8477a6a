"""Place and release a legal hold."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from kit.refusals import refuse
from trail.actions.claim_key import claim_key, settle_key
from trail.actions.record_entry import record_entry
from trail.actors import Actor
from trail.models import Case, Disposition, LegalHold


@transaction.atomic
def place_hold(*, actor: Actor, at: datetime, case: Case, reason: str, key: str) -> LegalHold:
    """Keep everything of a case until the hold is released.

    Raises:
        Refused: ``on_hold`` already, or ``already_disposed``.
    """
    claim = claim_key(actor=actor, at=at, key=key, verb="place_hold", body=f"{case.pk}:{reason}")
    if claim.result_reference:
        return LegalHold.objects.get(pk=claim.result_reference)
    locked = Case.objects.select_for_update().get(pk=case.pk)
    if Disposition.objects.filter(case=locked).exists():
        raise refuse("already_disposed", "This record was disposed of: there is nothing to hold.")
    if live_hold(locked) is not None:
        raise refuse("on_hold", "This case is on hold already.")
    hold = LegalHold.objects.create(case=locked, reason=reason, placed_by=str(actor), placed_at=at)
    record_entry(case=locked, actor=actor, at=at, verb="place_hold", facts={"reason": reason})
    settle_key(claim, str(hold.pk))
    return hold


@transaction.atomic
def release_hold(*, actor: Actor, at: datetime, case: Case, reason: str, key: str) -> LegalHold:
    """Let the schedule go on.

    Raises:
        Refused: ``not_on_hold``.
    """
    claim = claim_key(actor=actor, at=at, key=key, verb="release_hold", body=f"{case.pk}:{reason}")
    if claim.result_reference:
        return LegalHold.objects.get(pk=claim.result_reference)
    locked = Case.objects.select_for_update().get(pk=case.pk)
    hold = live_hold(locked)
    if hold is None:
        raise refuse("not_on_hold", "This case is not on hold.")
    hold.released_by, hold.released_at, hold.release_reason = str(actor), at, reason
    hold.save(update_fields=["released_by", "released_at", "release_reason"])
    record_entry(case=locked, actor=actor, at=at, verb="release_hold", facts={"reason": reason})
    settle_key(claim, str(hold.pk))
    return hold


def live_hold(case: Case) -> LegalHold | None:
    """Return the hold that keeps a case now."""
    return LegalHold.objects.filter(case=case, released_at=None).first()
