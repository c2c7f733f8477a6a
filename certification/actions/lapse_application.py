"""Unanswered questions: a reminder first, then the application is closed as withdrawn."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction

from certification.actions.answer_request import open_request
from certification.actions.move_application import (
    Asked,
    Step,
    begin_act,
    finish_act,
    lock_application,
)
from certification.actions.write_to_group import write_to_group
from certification.models import Application
from certification.rules.letters import information_reminder, lapsed
from certification.rules.states import ApplicationState
from trail.actions.record_entry import record_entry
from trail.actors import SYSTEM
from trail.models import Case


@transaction.atomic
def remind_applicant(case: Case, at: datetime) -> None:
    """Write the last call. Called by the sweep of deadlines; an answered case stays quiet."""
    application = lock_application(Application.objects.get(case=case))
    if application.status is not ApplicationState.ACTION_NEEDED:
        return
    request = open_request(application)
    entry = record_entry(case=case, actor=SYSTEM, at=at, verb="remind_applicant")
    write_to_group(
        at=at,
        application=application,
        letter=information_reminder(request.closes_at - timedelta(minutes=1)),
        key=f"{case.reference}:{entry.sequence}",
    )


@transaction.atomic
def lapse_application(case: Case, at: datetime) -> None:
    """Close an application whose questions nobody answered. Called by the sweep of deadlines.

    Side effects: state, trail, clocks, a letter to the group.
    """
    application = lock_application(Application.objects.get(case=case))
    if application.status is not ApplicationState.ACTION_NEEDED:
        return
    act = begin_act(actor=SYSTEM, at=at, application=application, asked=Asked("lapse"))
    request = open_request(application)
    request.lapsed_at = at
    request.save(update_fields=["lapsed_at"])
    finish_act(act, Step(changes={"decided_at": at}, letter=lapsed()))
