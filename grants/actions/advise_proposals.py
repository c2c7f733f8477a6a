"""The programme officer recommends, proposal by proposal, in one act."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction

from grants.actions import move_proposal
from grants.actions.move_competition import (
    Asked,
    Step,
    begin_act,
    finish_act,
    person_of,
    refuse_if,
)
from grants.models import Competition, ProposalAdvice
from grants.queries.ranking_inputs import Pinned, ranked_proposals
from grants.queries.selection import advice_by_rank, needs_draw
from grants.queries.taking_part import hidden_from
from grants.rules.judging import no_tie
from grants.rules.selection import Advised, may_advise
from kit.refusals import refuse
from trail.actors import Actor


@transaction.atomic
def advise_proposals(
    *,
    actor: Actor,
    at: datetime,
    competition: Competition,
    given: Mapping[str, Advised],
    key: str = "",
) -> None:
    """Recommend, put in reserve or leave out every ranked proposal.

    Side effects: an advice per proposal, its state, trail. Applicants see nothing of it.

    Raises:
        Refused: ``illegal_transition``, ``tied_to_proposal``, ``already_advised``,
            ``draw_missing``, ``advice_missing``, ``reason_missing``.
    """
    body = {name: [one.advice.value, one.reason] for name, one in given.items()}
    asked = Asked("recommend", key, {"given": body}, within="announce")
    act = begin_act(actor=actor, at=at, competition=competition, asked=asked)
    if act.is_repeat:
        return
    refuse_if(no_tie(hidden_from(person_of(act), act.competition)))
    if ProposalAdvice.objects.filter(proposal__competition=act.competition).exists():
        raise refuse("already_advised", "The recommendation is with the selecting official.")
    pinned = Pinned(act.competition)
    if needs_draw(pinned):
        raise refuse("draw_missing", "The notice announced a draw. Hold it first.")
    rows = {one.case.reference: one for one in ranked_proposals(act.competition)}
    by_rank = {name: one for name, one in advice_by_rank(pinned).items() if name in rows}
    refuse_if(may_advise(given, by_rank))
    for name, proposal in rows.items():
        one = given[name]
        ProposalAdvice.objects.create(
            proposal=proposal,
            advice=one.advice,
            follows_rank=one.advice is by_rank[name],
            reason=one.reason.strip(),
            given_by=str(actor),
            given_at=at,
        )
        step = move_proposal.begin_act(
            actor=actor, at=at, proposal=proposal, asked=move_proposal.Asked(one.advice.value)
        )
        move_proposal.finish_act(step, move_proposal.Step())
    finish_act(act, Step(facts={"proposals": len(rows)}))
