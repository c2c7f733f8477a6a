"""The programme officer starts selection: the scores are pinned, and with them the ranking."""

from __future__ import annotations

from collections import Counter
from datetime import datetime

from django.db import transaction

from grants.actions import move_proposal
from grants.actions.move_competition import (
    Act,
    Asked,
    Step,
    begin_act,
    finish_act,
    person_of,
    refuse_if,
)
from grants.models import Competition, Discussion, PinnedRanking
from grants.queries.ranking_inputs import ranked_proposals, ranking_inputs
from grants.queries.taking_part import hidden_from
from grants.rules.judging import no_tie
from grants.rules.pinned import Inputs, derive, derived_as_data, inputs_as_data
from grants.rules.selection import may_start
from grants.rules.states import ProposalState
from trail.actors import Actor
from trail.rules.chain import canonical, digest


@transaction.atomic
def start_selection(
    *, actor: Actor, at: datetime, competition: Competition, key: str = ""
) -> PinnedRanking | None:
    """Pin inputs and ranking; from now on no score changes anything.

    Side effects: state; the pinned ranking; proposals that were not discussed say so; trail.

    Raises:
        Refused: ``illegal_transition``, ``tied_to_proposal``, ``nothing_to_rank``,
            ``reviews_missing``, ``discussion_open``; ``disconnected_reviews`` where the notice's
            rule compares reviewers whom nothing connects.
    """
    asked = Asked("start_selection", key)
    act = begin_act(actor=actor, at=at, competition=competition, asked=asked)
    if act.is_repeat:
        return None
    refuse_if(no_tie(hidden_from(person_of(act), act.competition)))
    inputs = ranking_inputs(act.competition)
    _check_ready(act, inputs)
    row = pin(actor=str(actor), at=at, competition=act.competition, inputs=inputs)
    for proposal in ranked_proposals(act.competition).filter(state=ProposalState.UNDER_REVIEW):
        step = move_proposal.begin_act(
            actor=actor,
            at=at,
            proposal=proposal,
            asked=move_proposal.Asked("leave_undiscussed"),
        )
        move_proposal.finish_act(step, move_proposal.Step())
    finish_act(act, Step(facts={"ranking": row.reference, "digest": row.digest}))
    return row


def pin(*, actor: str, at: datetime, competition: Competition, inputs: Inputs) -> PinnedRanking:
    """Derive and keep a ranking with the digest of its words."""
    said, result = inputs_as_data(inputs), derived_as_data(derive(inputs))
    return PinnedRanking.objects.create(
        competition=competition,
        inputs=said,
        result=result,
        digest=pinned_digest(said, result),
        pinned_by=actor,
        pinned_at=at,
    )


def pinned_digest(inputs: object, result: object) -> str:
    """Return the digest of a ranking's words."""
    return digest(canonical({"inputs": inputs, "result": result}))


def _check_ready(act: Act, inputs: Inputs) -> None:
    counts = Counter(sheet.proposal for sheet in inputs.sheets)
    still_open = Discussion.objects.filter(
        proposal__competition=act.competition, closed_at=None
    ).count()
    refuse_if(
        may_start(
            reviews={ask.proposal: counts[ask.proposal] for ask in inputs.asks},
            required=act.competition.reviews_per_proposal,
            open_discussions=still_open,
        )
    )
