"""The first of two persons: prepare what the register will show."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import connection, transaction

from certification.models import Application, Decision
from certification.queries.register_entries import denial_line, register_entry
from certification.queries.workers import seat_holders
from certification.rules.decision import own_case
from certification.rules.register import (
    KIND_DENIAL,
    KIND_DESIGNATION,
    denial_snapshot,
    entry_snapshot,
)
from kit.refusals import Refused, refuse
from records.actions.publish import AT_ONCE, Announcement, prepare_publication
from records.models import Publication
from records.rules.publishing import reason_given
from trail.actions.claim_key import claim_key, settle_key
from trail.actors import Actor
from trail.models import Case
from trail.rules.chain import canonical, digest

NUMBER_LOCK = 7_301_003  # advisory lock: releases of a kind are numbered one after another


@transaction.atomic
def prepare_release(
    *,
    actor: Actor,
    at: datetime,
    decision: Decision,
    announcement: Announcement = AT_ONCE,
    key: str = "",
) -> Publication | None:
    """Write the snapshot of a decided case; nothing is public yet.

    Side effects: locks the application; a publication; one entry on the trail.

    Raises:
        Refused: ``own_case``; ``already_prepared`` when an equal snapshot waits for its release;
            ``nothing_new`` when the register shows this already; ``reason_needed`` where a
            newer version does not say what is new; ``time_is_past``, ``time_is_far``.
    """
    claim = None
    if key:
        body = f"decision {decision.pk}"
        claim = claim_key(actor=actor, at=at, key=key, verb="prepare_release", body=body)
        if claim.result_reference:
            return None
    application = Application.objects.select_for_update(of=("self",)).get(
        pk=decision.application_id
    )
    refusal = own_case(seats=seat_holders(application), user_pk=actor.user_pk)
    if refusal is not None:
        raise Refused(refusal)
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [NUMBER_LOCK])
    case, kind, snapshot = _snapshot(decision)
    _check_new(case, kind, snapshot, announcement)
    publication = prepare_publication(
        actor=actor, at=at, case=case, kind=kind, snapshot=snapshot, announcement=announcement
    )
    if claim is not None:
        settle_key(claim, str(publication.pk))
    return publication


def _snapshot(decision: Decision) -> tuple[Case, str, dict[str, Any]]:
    if decision.outcome == Decision.Outcome.DESIGNATED:
        designation = decision.application.designation
        return designation.case, KIND_DESIGNATION, entry_snapshot(register_entry(designation))
    return decision.application.case, KIND_DENIAL, denial_snapshot(denial_line(decision))


def _check_new(case: Case, kind: str, snapshot: dict[str, Any], announcement: Announcement) -> None:
    rows = Publication.objects.filter(case=case, kind=kind, discarded_at=None)
    last = rows.order_by("-number").first()
    if last is None:
        return
    if last.digest == digest(canonical(snapshot)):
        if last.released_at is None:
            raise refuse(
                "already_prepared",
                "This is prepared already and waits for a second person to release it.",
            )
        raise refuse("nothing_new", "The register shows exactly this already. Nothing has changed.")
    if rows.filter(released_at__isnull=False).exists():
        refusal = reason_given(announcement.why)
        if refusal is not None:
            raise Refused(refusal)
