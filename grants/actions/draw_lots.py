"""The draw near the line: a list is fixed and its digest published, then a public value drawn."""

from __future__ import annotations

import secrets
from datetime import datetime

from django.db import transaction

from grants.actions.move_competition import (
    Asked,
    Step,
    begin_act,
    finish_act,
    person_of,
    refuse_if,
    require,
)
from grants.models import Competition, Draw
from grants.queries.ranking_inputs import Pinned
from grants.queries.selection import draw_of, is_advised
from grants.queries.taking_part import hidden_from
from grants.rules.draw import draw_order, draw_seed, list_digest, may_draw, may_fix_list
from grants.rules.judging import no_tie
from grants.rules.results import KIND_DRAW_LIST, draw_snapshot
from grants.rules.terms import LineRule
from kit.refusals import refuse
from records.actions.publish import prepare_publication
from records.models import Publication
from trail.actors import Actor


@transaction.atomic
def fix_draw_list(
    *, actor: Actor, at: datetime, competition: Competition, source: str, key: str = ""
) -> Draw | None:
    """Fix who takes part in the draw, and prepare the digest for publication.

    Args:
        actor: A programme officer.
        at: When.
        competition: Its ranking is pinned.
        source: Which public random value will be read, from where and when.
        key: Of the form.

    Side effects: the draw; a publication that a publisher releases; trail.

    Raises:
        Refused: ``illegal_transition``, ``tied_to_proposal``, ``draw_not_announced``,
            ``second_draw``, ``nothing_to_draw``, ``source_missing``, ``already_advised``.
    """
    asked = Asked("fix_draw_list", key, {"source": source}, within="announce")
    act = begin_act(actor=actor, at=at, competition=competition, asked=asked)
    if act.is_repeat:
        return None
    refuse_if(no_tie(hidden_from(person_of(act), act.competition)))
    if is_advised(act.competition):
        raise refuse("already_advised", "The recommendation is with the selecting official.")
    pinned = Pinned(act.competition)
    zone = sorted(pinned.derived.zone())
    refuse_if(
        may_fix_list(
            has_list=draw_of(act.competition) is not None,
            is_announced=pinned.inputs.line.rule is LineRule.DRAW,
            count=len(zone),
        )
    )
    salt = secrets.token_hex(32)
    draw = Draw.objects.create(
        competition=act.competition,
        references=zone,
        salt=salt,
        list_digest=list_digest(salt, zone),
        source=require(source, "source_missing", "Say which public value will be read, and when."),
        fixed_by=str(actor),
        fixed_at=at,
    )
    prepare_publication(
        actor=actor,
        at=at,
        case=act.competition.case,
        kind=KIND_DRAW_LIST,
        snapshot=draw_snapshot(act.competition.case.reference, draw.list_digest, draw.source),
    )
    finish_act(act, Step(facts={"list_digest": draw.list_digest}))
    return draw


@transaction.atomic
def hold_draw(
    *, actor: Actor, at: datetime, competition: Competition, value: str, key: str = ""
) -> Draw | None:
    """Read the public value and draw.

    Side effects: seed and order are kept; trail.

    Raises:
        Refused: ``illegal_transition``, ``tied_to_proposal``, ``no_list``, ``second_draw``,
            ``list_not_public``, ``value_too_short``.
    """
    asked = Asked("hold_draw", key, {"value": value}, within="announce")
    act = begin_act(actor=actor, at=at, competition=competition, asked=asked)
    if act.is_repeat:
        return None
    refuse_if(no_tie(hidden_from(person_of(act), act.competition)))
    draw = Draw.objects.select_for_update().filter(competition=act.competition).first()
    if draw is None:
        raise refuse("no_list", "Fix the list first.")
    published = Publication.objects.filter(
        case=act.competition.case, kind=KIND_DRAW_LIST, version__isnull=False
    ).first()
    public_from = published.public_from if published else None
    is_drawn = draw.drawn_at is not None
    refuse_if(may_draw(at=at, public_from=public_from, is_drawn=is_drawn, value=value))
    draw.value = value.strip()
    draw.seed = draw_seed(draw.list_digest, draw.value)
    draw.order = list(draw_order(draw.seed, draw.references))
    draw.drawn_by, draw.drawn_at = str(actor), at
    draw.save(update_fields=["value", "seed", "order", "drawn_by", "drawn_at"])
    finish_act(act, Step(facts={"seed": draw.seed, "value": draw.value}))
    return draw
