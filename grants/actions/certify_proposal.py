"""A second person, who may sign for the group, certifies what stands in the proposal."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from certification.queries.applications import person_in
from grants.actions.move_proposal import Asked, Step, begin_act, finish_act, raise_first
from grants.models import Proposal
from grants.queries.proposal_drafts import draft_of
from grants.rules.submitting import CERTIFICATION, certify_refusals
from kit.refusals import refuse
from trail.actors import Actor


@transaction.atomic
def certify_proposal(
    *, actor: Actor, at: datetime, proposal: Proposal, title: str, key: str
) -> Proposal:
    """Sign the certification under one's own name and title, bound to the words as they are.

    Raises:
        Refused: ``illegal_transition``, ``no_title``, or the first of
            `grants.rules.submitting.certify_refusals`.
    """
    asked = Asked("certify", key, {"title": title})
    act = begin_act(actor=actor, at=at, proposal=proposal, asked=asked)
    row = act.proposal
    if act.is_repeat:
        return row
    if not title.strip():
        raise refuse("no_title", "Enter the title under which you sign for the group.")
    draft = draft_of(row, at)
    raise_first(certify_refusals(draft, person_in(row.group, actor)))
    changes = {
        "certified_by_id": actor.user_pk,
        "certified_at": at,
        "certified_title": title.strip(),
        "certified_hash": draft.content_hash,
    }
    step = Step(
        facts={"statement": CERTIFICATION, "digest": draft.content_hash},
        changes=changes,
        personal={"title": title.strip()},
    )
    finish_act(act, step)
    return row
