"""The applicant answers a proposed denial; the review goes on."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from certification.actions.keep_clocks import keep_clocks
from certification.actions.move_application import (
    Asked,
    Step,
    begin_act,
    finish_act,
    lock_application,
    require,
)
from certification.actions.propose_denial import ANSWER
from certification.models import Application, DenialProposal
from certification.rules.letters import denial_answered
from certification.rules.states import ApplicationState
from kit.refusals import refuse
from records.actions.set_deadline import meet_deadline
from trail.actions.record_entry import record_entry
from trail.actors import SYSTEM, Actor
from trail.models import Case


@transaction.atomic
def cure_denial(
    *, actor: Actor, at: datetime, application: Application, answer: str, key: str = ""
) -> None:
    """Store the answer and go back to review.

    Side effects: state, the answer, trail, clocks, a letter.

    Raises:
        Refused: ``illegal_transition``, ``answer_too_late``, ``answer_missing``.
    """
    asked = Asked("cure", key, {"answer": answer})
    act = begin_act(actor=actor, at=at, application=application, asked=asked)
    if act.is_repeat:
        return
    proposal = open_proposal(act.application)
    if at >= proposal.answer_until:
        raise refuse(
            "answer_too_late",
            "The time to answer has passed. An official now decides on the record as it is.",
        )
    proposal.answer = require(answer, "answer_missing", "Write your answer.")
    proposal.answered_at, proposal.answered_by_id = at, actor.user_pk
    proposal.save(update_fields=["answer", "answered_at", "answered_by"])
    meet_deadline(case=act.application.case, kind=ANSWER, at=at)
    finish_act(act, Step(letter=denial_answered()))


@transaction.atomic
def close_answer_time(case: Case, at: datetime) -> None:
    """Say on the trail that the time to answer is over. Called by the sweep of deadlines."""
    application = lock_application(Application.objects.get(case=case))
    if application.status is not ApplicationState.DENIAL_PROPOSED:
        return
    record_entry(case=case, actor=SYSTEM, at=at, verb="answer_time_ended")
    keep_clocks(application, at)


def open_proposal(application: Application) -> DenialProposal:
    """The proposal that waits for an answer."""
    return application.denial_proposals.filter(answered_at=None).latest("proposed_at")
