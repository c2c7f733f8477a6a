"""Screening begins after the close; review begins when every finding is settled."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from grants.actions.find_conflicts import find_conflicts
from grants.actions.move_competition import Asked, Step, begin_act, finish_act, refuse_if
from grants.actions.move_proposal import Asked as ProposalAsked
from grants.actions.move_proposal import Step as ProposalStep
from grants.actions.move_proposal import begin_act as begin_proposal
from grants.actions.move_proposal import finish_act as finish_proposal
from grants.models import Competition
from grants.queries.screening import screened
from grants.rules.screening import screening_refusal
from grants.rules.states import ProposalState
from trail.actors import Actor


@transaction.atomic
def start_screening(*, actor: Actor, at: datetime, competition: Competition, key: str = "") -> None:
    """Open the proposals to the officers.

    Raises:
        Refused: ``illegal_transition``.
    """
    act = begin_act(
        actor=actor, at=at, competition=competition, asked=Asked("start_screening", key)
    )
    if not act.is_repeat:
        finish_act(act, Step())


@transaction.atomic
def start_review(*, actor: Actor, at: datetime, competition: Competition, key: str = "") -> None:
    """Hand every eligible proposal to the panel.

    Side effects: states of all eligible proposals; ties are found anew, so that nobody's view
    of the panel's list rests on an older state.

    Raises:
        Refused: ``illegal_transition``, ``screening_open``, ``reconsideration_open``,
            ``reconsideration_possible``, ``nothing_eligible``.
    """
    act = begin_act(actor=actor, at=at, competition=competition, asked=Asked("start_review", key))
    if act.is_repeat:
        return
    refuse_if(screening_refusal(screened(act.competition), at))
    eligible = act.competition.proposals.filter(state=ProposalState.ELIGIBLE).order_by("pk")
    count = 0
    for proposal in eligible:
        begun = begin_proposal(
            actor=actor, at=at, proposal=proposal, asked=ProposalAsked("begin_review")
        )
        finish_proposal(begun, ProposalStep())
        count += 1
    find_conflicts(at=at, competition=act.competition)
    finish_act(act, Step(facts={"proposals": count}))
