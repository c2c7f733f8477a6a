"""Two persons publish: one prepares the snapshot, another releases it."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Max

from accounts.rules.roles import checker_is_not_maker
from kit.refusals import Refused, refuse
from records.models import Publication
from trail.actions.record_entry import record_entry
from trail.actors import Actor
from trail.models import Case
from trail.rules.chain import canonical, digest


@transaction.atomic
def prepare_publication(
    *, actor: Actor, at: datetime, case: Case, kind: str, snapshot: dict[str, Any]
) -> Publication:
    """Prepare a numbered snapshot; nothing is public yet.

    Side effects: locks the case, so that numbers of a kind rise without gaps per case kind.
    """
    Case.objects.select_for_update().get(pk=case.pk)
    last = Publication.objects.filter(kind=kind).aggregate(last=Max("number"))["last"] or 0
    publication = Publication.objects.create(
        case=case,
        kind=kind,
        number=last + 1,
        prepared_by=str(actor),
        prepared_at=at,
        snapshot=snapshot,
        digest=digest(canonical(snapshot)),
    )
    facts = {"kind": kind, "number": publication.number, "digest": publication.digest}
    record_entry(case=case, actor=actor, at=at, verb="prepare_publication", facts=facts)
    return publication


@transaction.atomic
def release_publication(*, actor: Actor, at: datetime, publication: Publication) -> Publication:
    """Make a prepared snapshot public.

    Raises:
        Refused: ``maker_is_checker`` by the person who prepared it; ``already_released``.
    """
    row = (
        Publication.objects.select_for_update(of=("self",))
        .select_related("case")
        .get(pk=publication.pk)
    )
    if row.released_at is not None:
        raise refuse("already_released", "This publication was already released.")
    refusal = checker_is_not_maker(maker=row.prepared_by, checker=str(actor))
    if refusal is not None:
        raise Refused(refusal)
    row.released_by, row.released_at = str(actor), at
    row.save(update_fields=["released_by", "released_at"])
    facts = {"kind": row.kind, "number": row.number, "digest": row.digest}
    record_entry(case=row.case, actor=actor, at=at, verb="release_publication", facts=facts)
    return row
