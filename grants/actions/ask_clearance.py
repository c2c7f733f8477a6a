"""A programme officer asks for clearance: from now on the words stand."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.urls import reverse

from accounts.models import AgencyRole
from grants.actions.move_competition import Asked, Step, begin_act, finish_act, refuse_if
from grants.models import Competition
from grants.queries.notices import current_bundle, notice_of
from grants.rules.bundles import hash_of
from grants.rules.clearance import SIGNERS, opening_refusal, window_refusal
from grants.rules.notice import PART_WORDS, missing
from kit.refusals import Refusal, Refused
from records.actions.send_letter import Recipient, send_letter
from trail.actors import Actor

TEMPLATE = "grants/mail/clearance_asked"


@transaction.atomic
def ask_clearance(*, actor: Actor, at: datetime, competition: Competition, key: str = "") -> None:
    """Hand the draft to legal counsel, budget officer and paperwork officer.

    Side effects: state, trail, a letter to everybody who may sign.

    Raises:
        Refused: ``illegal_transition``, ``notice_incomplete``, ``window_too_short``,
            ``exigency_missing``, ``opening_passed``.
    """
    asked = Asked("ask_clearance", key)
    act = begin_act(actor=actor, at=at, competition=competition, asked=asked)
    row = act.competition
    if act.is_repeat:
        return
    _raise_incomplete(row)
    if row.opens_at and row.closes_at:
        refuse_if(window_refusal(row.opens_at, row.closes_at, row.exigency))
        refuse_if(opening_refusal(row.opens_at, at))
    entry = finish_act(act, Step(facts={"words_hash": hash_of(current_bundle(row))}))
    _write_to_signers(row, at, f"{row.reference}:{entry.sequence}")


def _raise_incomplete(row: Competition) -> None:
    found = missing(notice_of(row))
    for part, sentences in found.items():
        raise Refused(Refusal("notice_incomplete", f"{PART_WORDS[part]}: {sentences[0]}"))


def _write_to_signers(row: Competition, at: datetime, key: str) -> None:
    signers = AgencyRole.objects.filter(
        agency=row.agency, role__in=list(SIGNERS.values()), until=None
    ).select_related("user")
    for person in {one.user_id: one.user for one in signers}.values():
        send_letter(
            case=row.case,
            at=at,
            template=TEMPLATE,
            to=Recipient(person.email, str(person)),
            context={
                "title": row.title,
                "reference": row.reference,
                "agency": row.agency.name,
                "link_path": reverse("grants:staff_competition", args=[row.reference]),
            },
            key=f"{key}:{person.pk}",
            is_notice=True,
        )
