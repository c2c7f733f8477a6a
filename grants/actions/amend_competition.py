"""An opened competition changes only by an amendment, which everybody can read and is told of."""

from __future__ import annotations

from dataclasses import asdict, dataclass, replace
from datetime import datetime

from django.db import transaction

from grants.actions.close_competition import CLOSING
from grants.actions.move_competition import (
    Act,
    Asked,
    Step,
    begin_act,
    finish_act,
    refuse_if,
    require,
)
from grants.actions.write_notice import save_columns, write_part
from grants.actions.write_to_applicants import write_of_amendment
from grants.models import Amendment, Competition
from grants.queries.notices import bundle_for, notice_of
from grants.rules.amending import revised
from grants.rules.bundles import changes_between, hash_of, lines_of
from grants.rules.extensions import Outage, close_after_outage, outage_refusal
from grants.rules.notice import PART_WORDS, Dates, Notice, Part, PartText
from grants.rules.states import CompetitionState
from grants.rules.terms import AmendmentKind
from kit.refusals import refuse
from records.actions.set_deadline import set_deadline
from trail.actors import Actor
from trail.models import IdempotencyKey


@dataclass(frozen=True, slots=True)
class Revision:
    """What somebody wants to change after opening, why, and whether it matters to applicants.

    ``seen_hash`` is the digest of the words from which they started.
    """

    part: Part
    text: PartText
    why: str
    is_material: bool
    seen_hash: str


@dataclass(frozen=True, slots=True)
class _Draft:
    kind: AmendmentKind
    why: str
    is_material: bool
    note: str
    outage: Outage | None = None


@transaction.atomic
def amend_competition(
    *, actor: Actor, at: datetime, competition: Competition, revision: Revision, key: str = ""
) -> Amendment:
    """Change one part of an open competition.

    Side effects: the words, the pinned bundle and its hash, the close where a material change
    falls into the last 14 days, the amendment with its differences, one entry, a letter to
    everybody who started a proposal.

    Raises:
        Refused: ``illegal_transition``, ``stale_text``, ``reason_missing``, ``nothing_changed``,
            or what `rules.amending.revised` says.
    """
    asked = Asked("amend", key, {"revision": repr(revision)}, within="close")
    act = begin_act(actor=actor, at=at, competition=competition, asked=asked)
    row = act.competition
    if act.is_repeat:
        return row.amendments.latest("number")
    why = require(revision.why, "reason_missing", "Say why; everybody reads it.")
    if revision.seen_hash != row.bundle_hash:
        raise refuse(
            "stale_text",
            "The competition was amended while you were writing. Read the new words and start "
            "from them.",
        )
    after = revised(
        notice_of(row), revision.part, revision.text, at=at, is_material=revision.is_material
    )
    note = PART_WORDS[revision.part]
    draft = _Draft(AmendmentKind.CHANGE, why, revision.is_material, note)
    return _amend(act, draft, after, {revision.part, Part.DATES})


@transaction.atomic
def declare_outage(
    *,
    actor: Actor,
    at: datetime,
    competition: Competition,
    outage: Outage,
    why: str,
    key: str = "",
) -> Amendment:
    """Extend the close for everybody after an outage; a closed competition opens again.

    Side effects: as an amendment; the state where it had closed.

    Raises:
        Refused: ``illegal_transition``, ``outage_not_over``, ``outage_too_short``,
            ``outage_declared``, ``reason_missing``.
    """
    asked = _asked_of_outage(actor, competition, key, {"outage": asdict(outage), "why": why})
    act = begin_act(actor=actor, at=at, competition=competition, asked=asked)
    row = act.competition
    if act.is_repeat:
        return row.amendments.latest("number")
    reason = require(why, "reason_missing", "Say what did not work; everybody reads it.")
    before = notice_of(row)
    closes_at = before.dates.closes_at
    if closes_at is None:
        raise refuse("dates_missing", "This competition has no closing time.")
    refuse_if(outage_refusal(outage, closes_at=closes_at, at=at))
    if row.amendments.filter(
        outage_from__lt=outage.ended_at, outage_to__gt=outage.began_at
    ).exists():
        raise refuse("outage_declared", "This outage has extended the close already.")
    later = close_after_outage(closes_at=closes_at, at=at, zone=row.time_zone)
    after = replace(before, dates=replace(before.dates, closes_at=later))
    draft = _Draft(AmendmentKind.OUTAGE, reason, is_material=True, note=reason, outage=outage)
    return _amend(act, draft, after, {Part.DATES})


def _asked_of_outage(
    actor: Actor, competition: Competition, key: str, body: dict[str, object]
) -> Asked:
    """Reopening moves a closed competition; the same form sent again asks for the same verb."""
    state = Competition.objects.select_for_update().get(pk=competition.pk).status
    again = IdempotencyKey.objects.filter(actor=str(actor), key=key, verb="reopen")
    if state is CompetitionState.CLOSED or (key and again.exists()):
        return Asked("reopen", key, body)
    return Asked("declare_outage", key, body, within="close")


def _amend(act: Act, draft: _Draft, after: Notice, parts: set[Part]) -> Amendment:
    """Write the amendment first: its row opens the words for this transaction; then the words."""
    row = act.competition
    bundle = bundle_for(row, after)
    amendment = _write(act, draft, after.dates, bundle)
    for part in parts:
        write_part(row, after.part(part))
    save_columns(row, {"bundle": bundle, "bundle_hash": hash_of(bundle)})
    if row.closes_at is not None:
        set_deadline(case=row.case, kind=CLOSING, due_at=row.closes_at)
    facts = {
        "note": draft.note,
        "amendment": amendment.number,
        "hash_before": amendment.hash_before,
        "hash_after": amendment.hash_after,
        "closes_at": amendment.closes_after.isoformat(),
    }
    entry = finish_act(act, Step(facts=facts))
    write_of_amendment(row, act.at, amendment, key=f"{row.reference}:{entry.sequence}")
    return amendment


def _write(act: Act, draft: _Draft, dates: Dates, bundle: dict[str, object]) -> Amendment:
    row = act.competition
    before = dict(row.bundle or {})
    changes = changes_between(lines_of(before), lines_of(bundle))
    if not changes:
        raise refuse("nothing_changed", "Nothing would change.")
    if row.closes_at is None or dates.closes_at is None:
        raise refuse("dates_missing", "This competition has no closing time.")
    last = row.amendments.order_by("-number").values_list("number", flat=True).first()
    return Amendment.objects.create(
        competition=row,
        number=(last or 0) + 1,
        kind=draft.kind,
        why=draft.why,
        is_material=draft.is_material,
        outage_from=draft.outage.began_at if draft.outage else None,
        outage_to=draft.outage.ended_at if draft.outage else None,
        bundle_before=before,
        hash_before=row.bundle_hash,
        hash_after=hash_of(bundle),
        changes=[asdict(one) for one in changes],
        closed_before=row.closes_at,
        closes_after=dates.closes_at,
        made_by=str(act.actor),
        made_at=act.at,
    )
