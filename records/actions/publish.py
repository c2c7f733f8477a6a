"""Two persons publish: one prepares the snapshot, another releases it, at once or at a set time."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.backends.postgresql.psycopg_any import DateTimeTZRange
from django.db.models import Max

from accounts.rules.roles import checker_is_not_maker
from kit.refusals import Refusal, Refused, refuse
from records.models import Publication
from records.rules.publishing import not_before_last, reason_given, release_moment, too_far
from trail.actions.record_entry import record_entry
from trail.actors import Actor
from trail.models import Case
from trail.rules.chain import canonical, digest


@dataclass(frozen=True, slots=True)
class Announcement:
    """How a version is announced: from when on, and what is new in it.

    Attributes:
        show_from: The moment from which the public reads it; None for at once.
        why: What changed and why; empty in a first version.
        is_correction: Whether the version before was wrong: the public log then says so.
    """

    show_from: datetime | None = None
    why: str = ""
    is_correction: bool = False


AT_ONCE = Announcement()


@transaction.atomic
def prepare_publication(
    *,
    actor: Actor,
    at: datetime,
    case: Case,
    kind: str,
    snapshot: dict[str, Any],
    announcement: Announcement = AT_ONCE,
) -> Publication:
    """Prepare a numbered snapshot; nothing is public yet.

    Side effects: locks the case, so that numbers of a kind rise without gaps per case kind.

    Raises:
        Refused: ``time_is_past``, ``time_is_far``; ``reason_needed`` for a correction.
    """
    Case.objects.select_for_update().get(pk=case.pk)
    _insist(too_far(at=at, show_from=announcement.show_from))
    if announcement.is_correction:
        _insist(reason_given(announcement.why))
    last = Publication.objects.filter(kind=kind).aggregate(last=Max("number"))["last"] or 0
    publication = Publication.objects.create(
        case=case,
        kind=kind,
        number=last + 1,
        prepared_by=str(actor),
        prepared_at=at,
        show_from=announcement.show_from,
        why=announcement.why.strip(),
        is_correction=announcement.is_correction,
        snapshot=snapshot,
        digest=digest(canonical(snapshot)),
    )
    _record(publication, actor, at, "prepare_publication")
    return publication


@transaction.atomic
def release_publication(*, actor: Actor, at: datetime, publication: Publication) -> Publication:
    """Make a prepared snapshot public, from the moment that was set for it.

    Side effects: the version before it ends where this one begins.

    Raises:
        Refused: ``maker_is_checker`` by the person who prepared it; ``already_released``;
            ``discarded``; ``before_last_version``.
    """
    row = _locked(publication)
    if row.released_at is not None:
        raise refuse("already_released", "This publication was already released.")
    _insist(checker_is_not_maker(maker=row.prepared_by, checker=str(actor)))
    earlier = Publication.objects.select_for_update(of=("self",)).filter(
        case=row.case, kind=row.kind, version__isnull=False
    )
    last = earlier.order_by("-version").first()
    moment = release_moment(at=at, show_from=row.show_from)
    if last is not None:
        _insist(not_before_last(moment=moment, last_start=last.public_from))
        last.shown = DateTimeTZRange(last.public_from, moment)
        last.save(update_fields=["shown"])
    row.released_by, row.released_at = str(actor), at
    row.version = 1 if last is None else (last.version or 0) + 1
    row.shown = DateTimeTZRange(moment, None)
    row.save(update_fields=["released_by", "released_at", "version", "shown"])
    _record(row, actor, at, "release_publication", shown_from=moment.isoformat())
    return row


@transaction.atomic
def discard_publication(
    *, actor: Actor, at: datetime, publication: Publication, reason: str
) -> Publication:
    """Take away what was prepared, or stop a release before anybody could read it.

    Side effects: the version before a stopped one goes on.

    Raises:
        Refused: ``reason_needed``; ``discarded``; ``already_public``.
    """
    row = _locked(publication)
    _insist(reason_given(reason))
    if row.public_from is not None:
        if row.public_from <= at:
            raise refuse(
                "already_public", "The public can read this. Correct it with a newer version."
            )
        row.shown, version, row.version = None, row.version, None
    else:
        version = None
    row.discarded_by, row.discarded_at, row.discard_reason = str(actor), at, reason.strip()
    row.save(update_fields=["shown", "version", "discarded_by", "discarded_at", "discard_reason"])
    if version is not None:
        _go_on(row, version - 1)
    _record(row, actor, at, "discard_publication")
    return row


def _go_on(row: Publication, version: int) -> None:
    before = Publication.objects.filter(case=row.case, kind=row.kind, version=version).first()
    if before is not None:
        before.shown = DateTimeTZRange(before.public_from, None)
        before.save(update_fields=["shown"])


def _locked(publication: Publication) -> Publication:
    Case.objects.select_for_update().get(pk=publication.case_id)
    row = (
        Publication.objects.select_for_update(of=("self",))
        .select_related("case")
        .get(pk=publication.pk)
    )
    if row.discarded_at is not None:
        raise refuse("discarded", "This was discarded. Prepare it anew.")
    return row


def _insist(refusal: Refusal | None) -> None:
    if refusal is not None:
        raise Refused(refusal)


def _record(row: Publication, actor: Actor, at: datetime, verb: str, **more: str) -> None:
    facts = {"kind": row.kind, "number": row.number, "digest": row.digest, **more}
    record_entry(case=row.case, actor=actor, at=at, verb=verb, facts=facts)
