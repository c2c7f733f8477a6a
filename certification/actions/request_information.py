"""Ask the applicant; the agency's clocks stand still until the answer."""

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
)
from certification.models import Application, InformationItem, InformationRequest
from certification.queries.clocks import day_of, rulebook_of
from certification.rules.letters import information_requested
from certification.rules.reasons import INFORMATION_REASON_WORDS, InformationReason
from kit.periods import end_of_day
from kit.refusals import refuse
from records.actions.set_deadline import set_deadline
from trail.actors import Actor

REMINDER, CLOSES = "information.reminder", "information.closes"


@dataclass(frozen=True, slots=True)
class Questions:
    """What is asked, and why."""

    reason: InformationReason
    questions: tuple[str, ...]


@transaction.atomic
def request_information(
    *, actor: Actor, at: datetime, application: Application, asks: Questions, key: str = ""
) -> None:
    """Send questions with a time to answer.

    Side effects: state, the questions, deadlines for reminder and closing, trail, a letter.

    Raises:
        Refused: ``illegal_transition``, ``own_case``, ``no_question``.
    """
    body = {"reason": asks.reason, "questions": asks.questions}
    asked = Asked("request_information", key, body)
    act = begin_act(actor=actor, at=at, application=application, asked=asked)
    if act.is_repeat:
        return
    check_staff(act)
    questions = tuple(one.strip() for one in asks.questions if one.strip())
    if not questions:
        raise refuse("no_question", "Ask at least one question.")
    request, grace_days = _write(act, asks.reason, questions)
    finish_act(
        act,
        Step(
            facts={"reason": INFORMATION_REASON_WORDS[asks.reason], "questions": len(questions)},
            letter=information_requested(
                INFORMATION_REASON_WORDS[asks.reason],
                questions,
                request.due_at - timedelta(minutes=1),
                grace_days,
            ),
        ),
    )


def _write(
    act: Act, reason: InformationReason, questions: tuple[str, ...]
) -> tuple[InformationRequest, int]:
    application, rulebook = act.application, rulebook_of(act.application, act.at)
    grace = rulebook.whole("clock.answer_grace_days")
    first = day_of(application, act.at)
    last = first + timedelta(days=rulebook.whole("clock.answer_days"))
    zone = application.agency.time_zone
    request = InformationRequest.objects.create(
        application=application,
        reason_code=reason,
        asked_by_id=person_of(act),
        asked_at=act.at,
        due_at=end_of_day(last, zone),
        closes_at=end_of_day(last + timedelta(days=grace), zone),
    )
    InformationItem.objects.bulk_create(
        InformationItem(request=request, position=place, question=question)
        for place, question in enumerate(questions, 1)
    )
    remind = request.closes_at - timedelta(days=rulebook.whole("clock.reminder_days"))
    set_deadline(case=application.case, kind=REMINDER, due_at=remind)
    set_deadline(case=application.case, kind=CLOSES, due_at=request.closes_at)
    return request, grace
