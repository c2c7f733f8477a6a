"""Propose a denial: tests named, and time for the applicant to answer before anybody decides."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction

from certification.actions.move_application import (
    Act,
    Asked,
    Step,
    begin_act,
    check_staff,
    finish_act,
    person_of,
    require,
)
from certification.models import Application, DenialProposal, Determination
from certification.queries.assessments import assessment_of, determination_of, test_findings
from certification.queries.clocks import day_of, rulebook_of
from certification.rules.decision import answer_until, may_propose_denial
from certification.rules.letters import denial_proposed
from kit.periods import end_of_day
from kit.refusals import Refused
from records.actions.set_deadline import set_deadline
from trail.actors import Actor

ANSWER = "denial.answer"


@dataclass(frozen=True, slots=True)
class Grounds:
    """The tests on which a denial would rest, and the explanation that the applicant reads."""

    tests: tuple[str, ...]
    explanation: str


@transaction.atomic
def propose_denial(
    *, actor: Actor, at: datetime, application: Application, grounds: Grounds, key: str = ""
) -> None:
    """Tell the applicant what is not met and by when to answer.

    Side effects: state, the proposal, a deadline, trail, clocks, a letter.

    Raises:
        Refused: ``illegal_transition``, ``own_case``, ``unknown_never_denies``,
            ``no_ground_to_deny``, ``explanation_missing``.
    """
    body = {"tests": grounds.tests, "explanation": grounds.explanation}
    asked = Asked("propose_denial", key, body)
    act = begin_act(actor=actor, at=at, application=application, asked=asked)
    if act.is_repeat:
        return
    check_staff(act)
    determination = determination_of(act.application)
    refusal = may_propose_denial(assessment_of(determination), grounds.tests)
    if refusal is not None:
        raise Refused(refusal)
    proposal = _write(act, determination, grounds)
    gaps = [one for one in test_findings(determination) if one.id in grounds.tests]
    letter = denial_proposed(
        gaps, proposal.explanation, proposal.answer_until - timedelta(minutes=1)
    )
    finish_act(act, Step(facts={"tests": [one.title for one in gaps]}, letter=letter))


def _write(act: Act, determination: Determination, grounds: Grounds) -> DenialProposal:
    application = act.application
    days = rulebook_of(application, act.at).whole("clock.denial_answer_days")
    last = answer_until(day_of(application, act.at), days)
    proposal = DenialProposal.objects.create(
        application=application,
        determination=determination,
        tests=list(grounds.tests),
        explanation=require(
            grounds.explanation, "explanation_missing", "Explain it in your own words."
        ),
        proposed_by_id=person_of(act),
        proposed_at=act.at,
        answer_until=end_of_day(last, application.agency.time_zone),
    )
    set_deadline(case=application.case, kind=ANSWER, due_at=proposal.answer_until)
    return proposal
