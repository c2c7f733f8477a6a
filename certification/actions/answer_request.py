"""The applicant answers; the case goes back to the officers."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction

from certification.actions.move_application import Asked, Step, begin_act, finish_act
from certification.actions.request_information import CLOSES, REMINDER
from certification.models import Application, InformationRequest
from certification.queries.papers import answering_papers
from certification.rules.letters import information_answered
from kit.refusals import refuse
from records.actions.set_deadline import meet_deadline
from trail.actors import Actor


@transaction.atomic
def answer_request(
    *,
    actor: Actor,
    at: datetime,
    application: Application,
    answers: Mapping[int, str],
    key: str = "",
) -> None:
    """Store an answer to every open question.

    Args:
        actor: Somebody with a seat in the group.
        at: When it arrived.
        application: Whose questions are answered.
        answers: The text for each question, by the key of its row.
        key: Of the form.

    Raises:
        Refused: ``illegal_transition``; ``question_unanswered``.
    """
    asked = Asked("answer", key, {"answers": dict(answers)})
    act = begin_act(actor=actor, at=at, application=application, asked=asked)
    if act.is_repeat:
        return
    request = open_request(act.application)
    items = list(request.items.all())
    if any(not answers.get(item.pk, "").strip() for item in items):
        raise refuse("question_unanswered", "Answer every question before you send.")
    for item in items:
        item.answer = answers[item.pk].strip()
        item.save(update_fields=["answer"])
    request.answered_at, request.answered_by_id = at, actor.user_pk
    request.save(update_fields=["answered_at", "answered_by"])
    for kind in (REMINDER, CLOSES):
        meet_deadline(case=act.application.case, kind=kind, at=at)
    letter = information_answered(act.application.agency.name)
    attached = [one.versions.all()[0].sha256 for one in answering_papers(act.application)]
    finish_act(act, Step(facts={"answers": len(items), "documents": attached}, letter=letter))


def open_request(application: Application) -> InformationRequest:
    """The questions that wait for an answer."""
    return application.information_requests.get(answered_at=None, lapsed_at=None)
