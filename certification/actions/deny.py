"""A deciding official, who has not worked on the case, denies the application."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction

from certification.actions.cure_denial import open_proposal
from certification.actions.move_application import (
    Act,
    Asked,
    Step,
    begin_act,
    check_decider,
    finish_act,
    person_of,
    require,
)
from certification.models import Application, Decision
from certification.queries.assessments import assessment_of, determination_of, test_findings
from certification.queries.clocks import day_of, rulebook_of
from certification.rules.canonical import encode
from certification.rules.debrief import debrief
from certification.rules.decision import may_deny
from certification.rules.letters import denied
from certification.rules.reasons import DENIAL_REASON_WORDS, DenialReason
from certification.rules.states import ApplicationState
from kit.periods import end_of_day
from kit.refusals import Refused
from trail.actors import Actor


@transaction.atomic
def deny(
    *,
    actor: Actor,
    at: datetime,
    application: Application,
    reason: DenialReason,
    rationale: str,
    key: str = "",
) -> None:
    """Decide against the group, with a finding for every test and the way to come back.

    Side effects: state, a decision, trail, clocks, a letter.

    Raises:
        Refused: ``illegal_transition``, ``own_case``, ``worker_is_decider``,
            ``answer_time_runs``, ``no_ground_to_deny``, ``rationale_missing``.
    """
    asked = Asked("deny", key, {"reason": reason, "rationale": rationale})
    act = begin_act(actor=actor, at=at, application=application, asked=asked)
    if act.is_repeat:
        return
    check_decider(act)
    decision = _decide(act, reason, rationale)
    gaps = debrief(decision.tests()).gaps
    letter = denied(
        decision.rationale,
        gaps,
        _appeal_until(act) - timedelta(minutes=1),
        act.application.agency.contact_email,
    )
    facts = {"reason": DENIAL_REASON_WORDS[reason], "tests": [one.title for one in gaps]}
    finish_act(act, Step(facts=facts, changes={"decided_at": at}, letter=letter))


def _decide(act: Act, reason: DenialReason, rationale: str) -> Decision:
    application = act.application
    determination = determination_of(application)
    waits = application.status is ApplicationState.DENIAL_PROPOSED
    until = open_proposal(application).answer_until if waits else None
    refusal = may_deny(assessment_of(determination), reason, answer_until=until, at=act.at)
    if refusal is not None:
        raise Refused(refusal)
    return Decision.objects.create(
        application=application,
        determination=determination,
        outcome=Decision.Outcome.DENIED,
        reason_code=reason,
        rationale=require(rationale, "rationale_missing", "Write why you decide so."),
        findings=encode(test_findings(determination)),
        decided_by_id=person_of(act),
        decided_at=act.at,
        decided_on=day_of(application, act.at),
        appeal_until=_appeal_until(act),
    )


def _appeal_until(act: Act) -> datetime:
    days = rulebook_of(act.application, act.at).whole("clock.appeal_days")
    last = day_of(act.application, act.at) + timedelta(days=days)
    return end_of_day(last, act.application.agency.time_zone)
