"""Save what a group says about its convening organization."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.db import transaction

from certification.actions.lock_group import lock_group
from certification.models import BoardSeats, ClusterGroup, ConveningBody, DuesRow
from kit.refusals import refuse
from trail.actions.claim_key import claim_key, settle_key
from trail.actions.record_entry import record_entry
from trail.actors import Actor


@dataclass(frozen=True)
class ConveningDraft:
    """The columns of the body, its board by class, its dues, and the version that was edited."""

    values: Mapping[str, Any]
    board: Mapping[str, int] = field(default_factory=dict)
    dues: tuple[tuple[str, Decimal], ...] = ()
    version: int = 0


@transaction.atomic
def save_convening(
    *, actor: Actor, at: datetime, group: ClusterGroup, draft: ConveningDraft, key: str
) -> ConveningBody:
    """Write the whole form; nothing of an older version overwrites a newer one.

    Raises:
        Refused: ``stale_version`` when somebody else saved in between.
    """
    claim = claim_key(
        actor=actor, at=at, key=key, verb="save_convening", body=f"{group.pk}:{draft!r}"
    )
    locked = lock_group(group.pk)
    body = ConveningBody.objects.filter(group=locked).first()
    if claim.result_reference and body is not None:
        return body
    if (body.version if body else 0) != draft.version:
        raise refuse(
            "stale_version",
            "Somebody else saved this page while you were writing. Compare with what is saved "
            "now, then save again.",
        )
    body = body or ConveningBody(group=locked, version=0)
    for column, value in draft.values.items():
        setattr(body, column, value)
    body.version += 1
    body.saved_at, body.saved_by = at, actor.name
    body.save()
    _write_rows(body, draft)
    facts = {"version": body.version, "seats": dict(draft.board), "dues": len(draft.dues)}
    record_entry(case=locked.case, actor=actor, at=at, verb="save_convening", facts=facts)
    settle_key(claim, str(body.pk))
    return body


def _write_rows(body: ConveningBody, draft: ConveningDraft) -> None:
    body.board.all().delete()
    body.dues.all().delete()
    BoardSeats.objects.bulk_create(
        BoardSeats(body=body, seat_class=seat_class, seats=seats)
        for seat_class, seats in draft.board.items()
        if seats
    )
    DuesRow.objects.bulk_create(
        DuesRow(body=body, position=position, payer=payer, yearly_amount=amount)
        for position, (payer, amount) in enumerate(draft.dues)
    )
