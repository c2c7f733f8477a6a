"""A programme officer opens a submitted application."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from certification.actions.move_application import Asked, Step, begin_act, check_staff, finish_act
from certification.models import Application
from certification.queries.clocks import rulebook_of
from certification.rules.letters import intake_opened
from trail.actors import Actor


@transaction.atomic
def open_intake(*, actor: Actor, at: datetime, application: Application, key: str = "") -> None:
    """Start the first look.

    Side effects: state, trail, clocks, a letter to the group.

    Raises:
        Refused: ``illegal_transition``, ``own_case``.
    """
    asked = Asked("open_intake", key)
    act = begin_act(actor=actor, at=at, application=application, asked=asked)
    if act.is_repeat:
        return
    check_staff(act)
    days = rulebook_of(act.application, at).whole("clock.intake_business_days")
    finish_act(act, Step(letter=intake_opened(act.application.agency.name, days)))
