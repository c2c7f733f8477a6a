"""Accept an application for criteria review: from now on its rules and data are fixed."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction

from certification.actions.move_application import Asked, Step, begin_act, check_staff, finish_act
from certification.actions.pin_determination import pin_determination
from certification.models import Application, Determination
from certification.queries.clocks import course_of, day_of
from certification.rules.clocks import due_on
from certification.rules.letters import accepted
from kit.periods import end_of_day
from mapping.queries.basis import current_basis
from trail.actors import Actor


@transaction.atomic
def accept_application(
    *, actor: Actor, at: datetime, application: Application, key: str = ""
) -> None:
    """Pin rulebook and Basis, derive the determination, start the review.

    An application that came back from questions is judged anew: by the roster of today, but by
    the rulebook and data of its first acceptance, from which the clocks keep running too.

    Side effects: state, rulebook, Basis, a determination, trail, clocks, a letter.

    Raises:
        Refused: ``illegal_transition``, ``own_case``, ``finding_waits``.
    """
    asked = Asked("accept", key)
    act = begin_act(actor=actor, at=at, application=application, asked=asked)
    if act.is_repeat:
        return
    check_staff(act)
    row = act.application
    determination = pin_determination(
        actor=actor,
        at=at,
        case=row.case,
        group=row.group,
        basis=row.basis or current_basis(),
        rulebook=row.rulebook,
    )
    first = row.accepted_at or at
    changes = {
        "accepted_at": first,
        "rulebook": determination.rulebook,
        "basis": determination.basis,
    }
    facts = {"determination": determination.number, "digest": determination.digest}
    letter = accepted(
        str(determination.rulebook),
        determination.content().facts.basis.label,
        _decision_due(row, determination, first),
    )
    finish_act(act, Step(facts=facts, changes=changes, letter=letter))


def _decision_due(
    application: Application, determination: Determination, first: datetime
) -> datetime | None:
    days = determination.rulebook.rules().whole("clock.decision_days")
    last = due_on(day_of(application, first), days, course_of(application))
    if last is None:
        return None
    return end_of_day(last, application.agency.time_zone) - timedelta(minutes=1)
