"""A programme officer recommends designation."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from certification.actions.move_application import (
    Asked,
    Step,
    begin_act,
    check_staff,
    finish_act,
    person_of,
    require,
)
from certification.models import Application, Recommendation
from certification.queries.assessments import assessment_of, determination_of
from certification.rules.decision import may_recommend
from certification.rules.letters import recommended
from kit.refusals import Refused
from trail.actors import Actor


@transaction.atomic
def recommend(
    *, actor: Actor, at: datetime, application: Application, summary: str, key: str = ""
) -> None:
    """Hand the case to the deciding official.

    Side effects: state, the recommendation, trail, clocks, a letter.

    Raises:
        Refused: ``illegal_transition``, ``own_case``, ``tests_open``, ``summary_missing``.
    """
    asked = Asked("recommend", key, {"summary": summary})
    act = begin_act(actor=actor, at=at, application=application, asked=asked)
    if act.is_repeat:
        return
    check_staff(act)
    determination = determination_of(act.application)
    refusal = may_recommend(assessment_of(determination))
    if refusal is not None:
        raise Refused(refusal)
    Recommendation.objects.create(
        application=act.application,
        determination=determination,
        summary=require(summary, "summary_missing", "Say in a few sentences why."),
        recommended_by_id=person_of(act),
        recommended_at=at,
    )
    facts = {"determination": determination.number}
    finish_act(act, Step(facts=facts, letter=recommended()))
